package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Message;
import net.protocol.Transport;
import net.server.ReceivedMessage;
import net.server.ServerListener;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** Times of records by thread. */
class RecordTimesTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 1);
    private static final ReceivedMessage MESSAGE =
            new ReceivedMessage(Instant.EPOCH, Transport.TCP, ADDRESS, ADDRESS, Message.of("x"), 1);

    private final Recorder recorder = new Recorder();
    private final RecordTimes times = new RecordTimes(recorder);

    /** Takes a time for each commit, or fails. */
    private static final class Recorder implements ServerListener {
        private static final long COMMIT_NANOS = 2_000_000;

        private boolean fails;

        @Override
        public void onMessage(ReceivedMessage message) throws IOException {
            failIfSet();
        }

        @Override
        public void commit() throws IOException {
            long startNanos = System.nanoTime();
            while (System.nanoTime() - startNanos < COMMIT_NANOS) {
                LockSupport.parkNanos(COMMIT_NANOS);
            }
            failIfSet();
        }

        private void failIfSet() throws IOException {
            if (fails) {
                throw new IOException("disk full");
            }
        }
    }

    private long count() {
        return LongStream.of(times.snapshot().counts()).sum();
    }

    @Test
    void messagesOfABatchAreMeasuredUntilItsCommit() throws IOException {
        times.onMessage(MESSAGE);
        times.onMessage(MESSAGE);
        assertEquals(0, count());
        times.commit();
        assertEquals(2, count());
        assertTrue(times.snapshot().sumNanos() >= 2 * Recorder.COMMIT_NANOS);
        times.commit();
        assertEquals(2, count());
    }

    @Test
    void commitConcernsTheMessagesOfItsThread() throws Exception {
        times.onMessage(MESSAGE);
        Thread other =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        times.onMessage(MESSAGE);
                                        times.commit();
                                    } catch (IOException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        other.join();
        assertEquals(1, count());
        times.commit();
        assertEquals(2, count());
    }

    @Test
    void failedRecordsAreNotMeasured() throws IOException {
        times.onMessage(MESSAGE);
        recorder.fails = true;
        assertThrows(IOException.class, () -> times.onMessage(MESSAGE));
        assertThrows(IOException.class, times::commit);
        recorder.fails = false;
        times.commit();
        assertEquals(0, count());
    }
}
