package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.launcher.FailingOutput;
import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Standard output in whole lines. */
class OutputTest {
    /** Records each write and each flush. */
    private static final class Calls extends OutputStream {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void write(int b) {
            calls.add("byte " + b);
        }

        @Override
        public void write(byte[] array, int offset, int length) {
            calls.add("write " + new String(array, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {
            calls.add("flush");
        }
    }

    /** Writes byte by byte, so that concurrent writes would interleave. */
    private static final class Slow extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            bytes.write(b);
            Thread.yield();
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    /** Fails on flush. */
    private static final class FailingFlush extends OutputStream {
        private final IOException failure;

        FailingFlush(IOException failure) {
            this.failure = failure;
        }

        @Override
        public void write(int b) {
            // Discarded.
        }

        @Override
        public void flush() throws IOException {
            throw failure;
        }
    }

    @Test
    void writesALineAtOnceAndFlushes() throws IOException {
        Calls calls = new Calls();
        Output output = new Output(calls);
        output.line("grüße ☃");
        output.line("");
        output.write("a\nb\n");
        assertEquals(
                List.of("write grüße ☃\n", "flush", "write \n", "flush", "write a\nb\n", "flush"),
                calls.calls);
    }

    @Test
    void writeFailureNamesTheCause() {
        Output output = new Output(new FailingOutput(0));
        OutputException failure = assertThrows(OutputException.class, () -> output.line("a"));
        assertEquals(FailingOutput.ERROR, failure.getMessage());
        assertEquals("No space left on device", failure.getCause().getMessage());
    }

    @Test
    void flushFailureIsAWriteFailure() {
        IOException broken = new IOException("Broken pipe");
        Output output = new Output(new FailingFlush(broken));
        OutputException failure = assertThrows(OutputException.class, () -> output.line("a"));
        assertEquals("write to standard output failed: broken pipe", failure.getMessage());
        assertSame(broken, failure.getCause());
    }

    @Test
    void failedOutputWritesNothingMore() throws IOException {
        FailingOutput stream = new FailingOutput(1);
        Output output = new Output(stream);
        output.line("first");
        OutputException second = assertThrows(OutputException.class, () -> output.line("second"));
        assertSame(second, assertThrows(OutputException.class, () -> output.line("third")));
        assertEquals("first\n", stream.taken().text());
        assertEquals("second\n", stream.refused());
    }

    @Test
    void linesOfConcurrentThreadsDoNotMix() throws Exception {
        int threads = 4;
        int lines = 20;
        Slow slow = new Slow();
        Output output = new Output(slow);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                String line = Character.toString('a' + i).repeat(40);
                writers.add(
                        pool.submit(
                                () -> {
                                    start.await();
                                    for (int n = 0; n < lines; n++) {
                                        output.line(line);
                                    }
                                    return null;
                                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        Map<String, Integer> found = new HashMap<>();
        slow.text().lines().forEach(line -> found.merge(line, 1, Integer::sum));
        assertEquals(
                Map.of(
                        "a".repeat(40), lines,
                        "b".repeat(40), lines,
                        "c".repeat(40), lines,
                        "d".repeat(40), lines),
                found);
    }
}
