package net.server.bind;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PollersTest {
    @Test
    void canBePreparedAgain() throws Exception {
        for (int i = 0; i < 100; i++) {
            Pollers.prepare();
        }
    }

    @Test
    void interruptIsSetAgain() throws Exception {
        Thread.currentThread().interrupt();
        Pollers.prepare();
        assertTrue(Thread.interrupted());
    }
}
