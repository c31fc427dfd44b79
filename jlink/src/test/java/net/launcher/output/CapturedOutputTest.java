package net.launcher.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Waiting for lines of captured output. */
class CapturedOutputTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final CapturedOutput capture = new CapturedOutput();

    private void write(String text) throws IOException {
        capture.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> now(String part) throws InterruptedException {
        return capture.await(part, Duration.ZERO);
    }

    /** Starts a thread, and returns once it is waiting. */
    private FutureTask<Optional<String>> waiting(String part) {
        FutureTask<Optional<String>> task = new FutureTask<>(() -> capture.await(part, LONG));
        Thread thread = Thread.ofPlatform().daemon().start(task);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            assertTrue(thread.isAlive(), "did not wait");
            Thread.onSpinWait();
        }
        return task;
    }

    @Test
    void matchesOnlyCompleteLines() throws Exception {
        write("first\nlistening on 127.0.0.1:88");
        assertEquals(Optional.empty(), now("listening"));
        assertEquals(Optional.of("first"), now("first"));
        write("88");
        assertEquals(Optional.empty(), now("listening"));
        capture.write('\n');
        assertEquals(Optional.of("listening on 127.0.0.1:8888"), now("listening"));
        assertEquals("first\nlistening on 127.0.0.1:8888\n", capture.text());
    }

    @Test
    void returnsTheFirstLineThatContainsTheText() throws Exception {
        write("ab\ncd\nxcd\n");
        assertEquals(Optional.empty(), now("b\nc"));
        assertEquals(Optional.empty(), now("bc"));
        assertEquals(Optional.of("cd"), now("cd"));
    }

    @Test
    void joinsTheBytesOfACharacter() throws Exception {
        byte[] bytes = "☃\n".getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            capture.write(b);
        }
        assertEquals(Optional.of("☃"), now("☃"));
    }

    @Test
    void lineEndsTheWait() throws Exception {
        FutureTask<Optional<String>> waiting = waiting("second");
        write("first\nsec");
        assertFalse(waiting.isDone());
        write("ond\n");
        assertEquals(Optional.of("second"), waiting.get());
    }

    @Test
    void closeEndsTheWait() throws Exception {
        FutureTask<Optional<String>> waiting = waiting("second");
        write("first\nsecond");
        capture.close();
        assertEquals(Optional.empty(), waiting.get());
    }

    @Test
    void closedOutputKeepsItsLinesAndDoesNotWait() throws Exception {
        write("first\n");
        capture.close();
        capture.close();
        assertEquals(Optional.of("first"), capture.await("first", LONG));
        assertEquals(Optional.empty(), capture.await("second", LONG));
    }

    @Test
    void timeoutEndsTheWait() throws Exception {
        write("first\n");
        long startNanos = System.nanoTime();
        assertEquals(Optional.empty(), capture.await("second", Duration.ofMillis(20)));
        assertTrue(System.nanoTime() - startNanos >= Duration.ofMillis(20).toNanos());
        assertEquals(Optional.empty(), capture.await("second", Duration.ofMillis(-1)));
    }

    @Test
    void interruptEndsTheWait() {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            Thread.currentThread().interrupt();
                            capture.await("never", LONG);
                            return null;
                        });
        Thread.ofPlatform().daemon().start(task);
        ExecutionException failure = assertThrows(ExecutionException.class, task::get);
        assertEquals(InterruptedException.class, failure.getCause().getClass());
    }
}
