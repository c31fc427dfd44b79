package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.BlockingOutput;
import net.launcher.FailingOutput;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

class AsyncWriterTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void commitSoonWritesInTheBackground() throws Exception {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        try (AsyncWriter writer = AsyncWriter.start(output)) {
            output.append("first");
            writer.commitSoon();
            assertTrue(out.await("first", LONG).isPresent(), out::text);
            output.append("second");
            writer.commitSoon();
            assertTrue(out.await("second", LONG).isPresent(), out::text);
        }
    }

    @Test
    void appendDoesNotWaitForASlowReader() throws Exception {
        BlockingOutput out = new BlockingOutput();
        Output output = new Output(out);
        AsyncWriter writer = AsyncWriter.start(output);
        output.append("first");
        writer.commitSoon();
        out.awaitWrite();
        for (int i = 0; i < 1000; i++) {
            output.append("line " + i);
            writer.commitSoon();
        }
        assertEquals(List.of("first\n"), out.writes());
        out.release();
        writer.close();
        assertEquals(2, out.writes().size());
        assertTrue(out.writes().getLast().endsWith("line 999\n"));
    }

    @Test
    void closeWritesTheRestEvenIfInterrupted() throws Exception {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        List<String> notes = new ArrayList<>();
        AsyncWriter writer = AsyncWriter.start(output);
        output.append("last");
        writer.note(() -> notes.add("note"));
        Thread.currentThread().interrupt();
        writer.close();
        assertTrue(Thread.interrupted());
        assertEquals("last\n", out.text());
        assertEquals(List.of("note"), notes);
    }

    @Test
    void runsNotesInOrder() {
        List<Integer> notes = new ArrayList<>();
        try (AsyncWriter writer = AsyncWriter.start(new Output(new CapturedOutput()))) {
            for (int i = 0; i < 500; i++) {
                int number = i;
                writer.note(() -> notes.add(number));
            }
        }
        assertEquals(IntStream.range(0, 500).boxed().toList(), notes);
    }

    @Test
    void dropsNotesWhileTheWriterIsBlocked() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        AtomicInteger notes = new AtomicInteger();
        try (AsyncWriter writer = AsyncWriter.start(new Output(new CapturedOutput()))) {
            writer.note(
                    () -> {
                        taken.countDown();
                        awaitUninterrupted(held);
                    });
            taken.await();
            for (int i = 0; i < 1500; i++) {
                writer.note(notes::incrementAndGet);
            }
            held.countDown();
        }
        assertEquals(1000, notes.get());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void appendThrowsAfterAWriteFailureAndNotesContinue() throws Exception {
        FailingOutput out = new FailingOutput(0);
        Output output = new Output(out);
        CountDownLatch noted = new CountDownLatch(1);
        try (AsyncWriter writer = AsyncWriter.start(output)) {
            output.append("first");
            writer.note(noted::countDown);
            noted.await();
            assertThrows(OutputException.class, () -> output.append("second"));
        }
        assertThrows(OutputException.class, output::commit);
    }
}
