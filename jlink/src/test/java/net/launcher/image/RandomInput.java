package net.launcher.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Random input of hostile and broken peers, reproducible from a seed. */
final class RandomInput {
    private static final int MAX_BYTES = 3000;
    private static final String[] SEEDS = {
        "hello sever!",
        "one\r\ntwo\n\nthree\r",
        "{\"event\":\"message\",\"text\":\"\\u0000\"}\n",
        "\u001b[31m\u202e\u2066grüße ☃ 😀\0\u0085\n",
        "x".repeat(1023) + "\r\n" + "y".repeat(1024) + "\n\r\n"
    };

    private final Random random;

    RandomInput(long seed) {
        random = new Random(seed);
    }

    int next(int bound) {
        return random.nextInt(bound);
    }

    /** Returns random bytes, or a valid message with faults. */
    byte[] bytes() {
        if (random.nextBoolean()) {
            byte[] bytes = new byte[random.nextInt(MAX_BYTES)];
            random.nextBytes(bytes);
            return bytes;
        }
        byte[] seed = SEEDS[random.nextInt(SEEDS.length)].getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(seed, random.nextInt(2 * seed.length));
        for (int faults = random.nextInt(4); faults > 0 && bytes.length > 0; faults--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }
}
