package net.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Any 44 octets are a valid packet; writing it restores all except the must-be-zero fields. */
class StampFuzzTest {
    private static final long SEED = 8762;
    private static final int INPUTS = 200_000;

    @Test
    void parsesAnyOctetsAsRequest() {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] octets = new byte[44];
        for (int i = 0; i < INPUTS; i++) {
            random.nextBytes(octets);
            StampRequest request = StampRequest.from(ByteBuffer.wrap(octets));
            ByteBuffer written = ByteBuffer.allocate(44);
            request.writeTo(written);
            zero(octets, 14, 44);
            assertArrayEquals(octets, written.array());
            assertEquals(request, StampRequest.from(written.flip()));
        }
    }

    @Test
    void parsesAnyOctetsAsReply() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        byte[] octets = new byte[44];
        for (int i = 0; i < INPUTS; i++) {
            random.nextBytes(octets);
            StampReply reply = StampReply.from(ByteBuffer.wrap(octets));
            ByteBuffer written = ByteBuffer.allocate(44);
            reply.writeTo(written);
            zero(octets, 14, 16);
            zero(octets, 38, 40);
            zero(octets, 41, 44);
            assertArrayEquals(octets, written.array());
            assertEquals(reply, StampReply.from(written.flip()));
        }
    }

    private static void zero(byte[] octets, int start, int end) {
        for (int i = start; i < end; i++) {
            octets[i] = 0;
        }
    }
}
