package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.BlockingOutput;
import net.launcher.TestThreads;
import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;

/** Output that fails or blocks. */
class OutputFailureTest {
    private static final String FULL = "write to standard output failed: no space left on device";

    private static final Duration LONG = Duration.ofHours(1);

    private final BlockingOutput sink = new BlockingOutput();
    private final Output output = new Output(sink);
    private final TestThreads threads = new TestThreads();

    private Void line(String line) throws IOException {
        output.line(line);
        return null;
    }

    private void startWriters(int count) throws InterruptedException {
        threads.start(() -> line("first"));
        sink.awaitWrite();
        for (int i = 1; i < count; i++) {
            threads.start(() -> line("other"));
        }
        threads.awaitWaiting();
    }

    @Test
    void failureReachesAllWaitingThreads() throws Exception {
        startWriters(20);
        sink.fail(new IOException("No space left on device"));
        List<Throwable> failures = threads.failures();
        assertEquals(20, failures.size());
        for (Throwable failure : failures) {
            assertEquals(FULL, failure.getMessage());
            assertEquals(OutputException.class, failure.getClass());
        }
        assertEquals(List.of("first\n"), sink.writes());
    }

    @Test
    void failureReachesLaterCommits() throws Exception {
        sink.fail(new IOException("No space left on device"));
        OutputException first = assertThrows(OutputException.class, () -> output.line("a"));
        assertEquals(FULL, first.getMessage());
        assertSame(first, assertThrows(OutputException.class, () -> output.append(batch -> {})));
        assertSame(first, assertThrows(OutputException.class, output::commit));
        assertSame(first, assertThrows(OutputException.class, output::close));
        assertEquals(List.of("a\n"), sink.writes());
    }

    @Test
    void failureReachesThreadsBlockedOnAFullBatch() throws Exception {
        threads.start(() -> line("first"));
        sink.awaitWrite();
        output.append(batch -> batch.writeBytes(new byte[64 * 1024]));
        threads.start(
                () -> {
                    output.append(batch -> batch.write('x'));
                    return null;
                });
        threads.awaitWaiting();
        sink.fail(new IOException("Broken pipe"));
        for (Throwable failure : threads.failures()) {
            assertEquals("write to standard output failed: broken pipe", failure.getMessage());
        }
    }

    @Test
    void errorInAWriteReachesAllThreads() throws Exception {
        startWriters(5);
        OutOfMemoryError error = new OutOfMemoryError("no buffer");
        sink.fail(error);
        List<Throwable> failures = threads.failures();
        assertSame(error, failures.getFirst());
        for (Throwable failure : failures.subList(1, 5)) {
            assertEquals(
                    "write to standard output failed: java.lang.outofmemoryerror: no buffer",
                    failure.getMessage());
        }
    }

    @Test
    void failureWithoutMessageShowsItsType() {
        sink.fail(new IOException());
        OutputException failure = assertThrows(OutputException.class, () -> output.line("a"));
        assertEquals("write to standard output failed: java.io.ioexception", failure.getMessage());
    }

    @Test
    void outputIsBlockedWhileAWriteDoesNotReturn() throws Exception {
        assertFalse(output.isBlocked(LONG));
        startWriters(2);
        assertTrue(output.isBlocked(Duration.ZERO));
        assertTrue(output.isBlocked(Duration.ofMillis(10)));
        sink.release();
        threads.join();
        assertFalse(output.isBlocked(LONG));
        assertEquals(List.of("first\n", "other\n"), sink.writes());
    }

    @Test
    void interruptEndsTheCheckForBlockedOutput() throws Exception {
        startWriters(1);
        Thread.currentThread().interrupt();
        assertTrue(output.isBlocked(LONG));
        assertTrue(Thread.interrupted());
        sink.release();
        threads.join();
    }

    @Test
    void outputWithProgressIsNotBlocked() throws Exception {
        startWriters(2);
        FutureTask<Boolean> blocked = new FutureTask<>(() -> output.isBlocked(LONG));
        threads.start(
                () -> {
                    blocked.run();
                    return null;
                });
        threads.awaitWaiting();
        sink.releaseOne();
        assertFalse(blocked.get());
        sink.release();
        threads.join();
    }
}
