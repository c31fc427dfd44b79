package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** Bytes that look random, the same for the same seed: what is sent, and what must come back. */
final class Noise {
    private static final int CHUNK = 64 * 1024;

    private final Random random;
    private final byte[] chunk = new byte[CHUNK];

    Noise(long seed) {
        random = new Random(seed);
    }

    /** Returns the next bytes, valid until the next call. */
    byte[] next() {
        random.nextBytes(chunk);
        return chunk;
    }

    /** Sends so many chunks of 64 KiB. */
    void sendTo(Peer peer, int chunks) throws IOException {
        for (int i = 0; i < chunks; i++) {
            peer.send(next());
        }
    }

    /** Checks that so many chunks of 64 KiB come. */
    void assertCome(InputStream in, int chunks) throws IOException {
        for (int i = 0; i < chunks; i++) {
            assertArrayEquals(next(), in.readNBytes(CHUNK), "chunk " + i);
        }
    }
}
