package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.BlockingOutput;
import net.launcher.TestThreads;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Group commit of records of many threads. */
class OutputBatchTest {
    private static final int BATCH_BYTES = 64 * 1024;

    /** Collects complete lines. */
    private static final class Lines extends OutputStream {
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void write(int b) throws IOException {
            throw new IOException("a single byte");
        }

        @Override
        public void write(byte[] array, int offset, int length) {
            String text = new String(array, offset, length, StandardCharsets.UTF_8);
            assertTrue(text.isEmpty() || text.endsWith("\n"), text);
            text.lines().forEach(lines::add);
        }

        List<String> lines() {
            return List.copyOf(lines);
        }
    }

    private static void append(Output output, String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        output.append(batch -> batch.writeBytes(bytes));
    }

    private static void write(Output output, String line) throws IOException {
        append(output, line);
        output.commit();
    }

    @Test
    void commitWritesEachRecordOnceAndInOrder() throws Exception {
        int threadCount = 8;
        int records = 400;
        Lines sink = new Lines();
        Output output = new Output(sink);
        TestThreads threads = new TestThreads();
        for (int i = 0; i < threadCount; i++) {
            String name = "thread " + i + " ";
            Random random = new Random(i);
            threads.start(
                    () -> {
                        for (int n = 0; n < records; n++) {
                            append(output, name + n + "x".repeat(random.nextInt(300)));
                            if (random.nextInt(3) == 0) {
                                output.commit();
                                int own = own(sink, name).size();
                                assertEquals(n + 1, own, "a committed record is missing");
                            }
                        }
                        output.commit();
                        return null;
                    });
        }
        threads.join();
        assertEquals(threadCount * records, sink.lines().size());
        for (int i = 0; i < threadCount; i++) {
            Random random = new Random(i);
            List<String> expected = new ArrayList<>();
            for (int n = 0; n < records; n++) {
                expected.add("thread " + i + " " + n + "x".repeat(random.nextInt(300)));
                random.nextInt(3);
            }
            assertEquals(expected, own(sink, "thread " + i + " "));
        }
    }

    private static List<String> own(Lines sink, String name) {
        return sink.lines().stream().filter(line -> line.startsWith(name)).toList();
    }

    @Test
    void recordsAppendedDuringAWriteShareTheNext() throws Exception {
        BlockingOutput sink = new BlockingOutput();
        Output output = new Output(sink);
        TestThreads threads = new TestThreads();
        threads.start(() -> call(output, "first"));
        sink.awaitWrite();
        List<String> expected = new ArrayList<>();
        CountDownLatch appended = new CountDownLatch(50);
        for (int i = 10; i < 60; i++) {
            String line = "line " + i;
            expected.add(line);
            threads.start(
                    () -> {
                        append(output, line);
                        appended.countDown();
                        output.commit();
                        return null;
                    });
        }
        appended.await();
        assertEquals(List.of("first\n"), sink.writes());
        sink.release();
        threads.join();
        assertEquals(2, sink.writes().size());
        assertEquals(expected, sink.writes().getLast().lines().sorted().toList());
    }

    private static Void call(Output output, String line) throws IOException {
        write(output, line);
        return null;
    }

    @Test
    void commitWritesAllRecordsOfAThreadAtOnce() throws Exception {
        Lines sink = new Lines();
        Output output = new Output(sink);
        append(output, "first");
        append(output, "second");
        assertEquals(List.of(), sink.lines());
        output.commit();
        assertEquals(List.of("first", "second"), sink.lines());
        output.commit();
        assertEquals(List.of("first", "second"), sink.lines());
    }

    @Test
    void commitsAnEmptyRecord() throws Exception {
        Lines sink = new Lines();
        Output output = new Output(sink);
        output.append(batch -> {});
        output.commit();
        write(output, "a");
        assertEquals(List.of("a"), sink.lines());
    }

    @Test
    void appendBlocksWhileTheBatchIsFull() throws Exception {
        int recordBytes = 1000;
        int threadCount = 8;
        int records = 50;
        String record = "r".repeat(recordBytes - 1);
        BlockingOutput sink = new BlockingOutput();
        Output output = new Output(sink);
        TestThreads threads = new TestThreads();
        threads.start(() -> call(output, "first"));
        sink.awaitWrite();
        AtomicInteger appended = new AtomicInteger();
        for (int i = 0; i < threadCount; i++) {
            threads.start(
                    () -> {
                        for (int n = 0; n < records; n++) {
                            append(output, record);
                            appended.incrementAndGet();
                        }
                        output.commit();
                        return null;
                    });
        }
        int fitting = (BATCH_BYTES + recordBytes - 1) / recordBytes;
        while (appended.get() < fitting) {
            Thread.yield();
        }
        threads.awaitWaiting();
        assertEquals(fitting, appended.get());
        sink.release();
        threads.join();
        List<Integer> sizes = sink.writes().stream().map(String::length).toList();
        assertEquals(
                6 + threadCount * records * recordBytes, sizes.stream().mapToInt(i -> i).sum());
        assertTrue(sizes.stream().allMatch(size -> size < BATCH_BYTES + recordBytes), "" + sizes);
    }

    @Test
    void fullBatchIsWrittenBeforeTheCommit() throws Exception {
        Lines sink = new Lines();
        Output output = new Output(sink);
        String record = "r".repeat(BATCH_BYTES - 1);
        append(output, record);
        assertEquals(0, sink.lines().size());
        append(output, record);
        assertEquals(1, sink.lines().size());
        output.commit();
        assertEquals(List.of(record, record), sink.lines());
    }
}
