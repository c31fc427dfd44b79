package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Pseudo-random bytes, the same for the same seed, to send and to compare. */
final class RandomBytes {
    private static final int CHUNK = 64 * 1024;

    private final Random random;
    private final byte[] chunk = new byte[CHUNK];

    RandomBytes(long seed) {
        random = new Random(seed);
    }

    /** Returns the next bytes, valid until the next call. */
    byte[] next() {
        random.nextBytes(chunk);
        return chunk;
    }

    /** Sends a number of chunks of 64 KiB. */
    void sendTo(Peer peer, int chunks) throws IOException {
        for (int i = 0; i < chunks; i++) {
            peer.send(next());
        }
    }

    /** Checks that a number of chunks of 64 KiB are received. */
    void assertReceived(InputStream in, int chunks) throws IOException {
        for (int i = 0; i < chunks; i++) {
            assertArrayEquals(next(), in.readNBytes(CHUNK), "chunk " + i);
        }
    }
}
