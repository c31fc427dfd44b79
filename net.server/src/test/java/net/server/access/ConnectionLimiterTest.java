package net.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class ConnectionLimiterTest {
    private static final InetAddress FIRST = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("192.0.2.2");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("2001:db8::1");
    private static final Optional<RefusalReason> IN = Optional.empty();
    private static final Optional<RefusalReason> LIMIT = Optional.of(RefusalReason.LIMIT);
    private static final Optional<RefusalReason> SOURCE_LIMIT =
            Optional.of(RefusalReason.SOURCE_LIMIT);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void admitsUpToTheLimit(int max) {
        ConnectionLimiter limiter = new ConnectionLimiter(max, max);
        for (int i = 0; i < max; i++) {
            assertEquals(IN, limiter.tryAcquire(FIRST), "peer " + i);
        }
        assertEquals(LIMIT, limiter.tryAcquire(SECOND));
        limiter.release(FIRST);
        assertEquals(IN, limiter.tryAcquire(SECOND));
        assertEquals(LIMIT, limiter.tryAcquire(IPV6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void admitsUpToTheLimitPerSource(int max) {
        ConnectionLimiter limiter = new ConnectionLimiter(1000, max);
        for (int i = 0; i < max; i++) {
            assertEquals(IN, limiter.tryAcquire(FIRST));
            assertEquals(IN, limiter.tryAcquire(IPV6));
        }
        assertEquals(SOURCE_LIMIT, limiter.tryAcquire(FIRST));
        assertEquals(SOURCE_LIMIT, limiter.tryAcquire(IPV6));
        assertEquals(IN, limiter.tryAcquire(SECOND));
        limiter.release(FIRST);
        assertEquals(SOURCE_LIMIT, limiter.tryAcquire(IPV6));
        assertEquals(IN, limiter.tryAcquire(FIRST));
        assertEquals(SOURCE_LIMIT, limiter.tryAcquire(FIRST));
    }

    @Test
    void limitPerSourceIsCheckedFirst() {
        ConnectionLimiter limiter = new ConnectionLimiter(2, 1);
        assertEquals(IN, limiter.tryAcquire(FIRST));
        assertEquals(IN, limiter.tryAcquire(SECOND));
        assertEquals(SOURCE_LIMIT, limiter.tryAcquire(FIRST));
        assertEquals(LIMIT, limiter.tryAcquire(IPV6));
    }

    @Test
    void refusedPeersDoNotCount() {
        ConnectionLimiter limiter = new ConnectionLimiter(2, 1);
        assertEquals(IN, limiter.tryAcquire(FIRST));
        for (int i = 0; i < 100; i++) {
            assertEquals(SOURCE_LIMIT, limiter.tryAcquire(FIRST));
        }
        assertEquals(IN, limiter.tryAcquire(SECOND));
        for (int i = 0; i < 100; i++) {
            assertEquals(LIMIT, limiter.tryAcquire(IPV6));
        }
        limiter.release(FIRST);
        limiter.release(SECOND);
        assertEquals(IN, limiter.tryAcquire(FIRST));
        assertEquals(IN, limiter.tryAcquire(IPV6));
    }

    @Test
    void limitPerSourceAboveTheTotalHasNoEffect() {
        ConnectionLimiter limiter = new ConnectionLimiter(2, 1000);
        assertEquals(IN, limiter.tryAcquire(FIRST));
        assertEquals(IN, limiter.tryAcquire(FIRST));
        assertEquals(LIMIT, limiter.tryAcquire(FIRST));
        limiter.release(FIRST);
        assertEquals(IN, limiter.tryAcquire(FIRST));
    }

    @Test
    void limitsAreAtLeastOne() {
        assertEquals(
                "maxConnections must be at least 1: 0",
                assertThrows(IllegalArgumentException.class, () -> new ConnectionLimiter(0, 1))
                        .getMessage());
        assertEquals(
                "maxPerSource must be at least 1: 0",
                assertThrows(IllegalArgumentException.class, () -> new ConnectionLimiter(1, 0))
                        .getMessage());
    }

    @Test
    void agreesWithAModel() {
        Random random = new Random(1);
        ConnectionLimiter limiter = new ConnectionLimiter(6, 3);
        List<InetAddress> in = new ArrayList<>();
        List<InetAddress> sources = List.of(FIRST, SECOND, IPV6);
        for (int i = 0; i < 100_000; i++) {
            InetAddress source = sources.get(random.nextInt(3));
            if (random.nextBoolean()) {
                long own = in.stream().filter(source::equals).count();
                Optional<RefusalReason> expected = in.size() < 6 ? IN : LIMIT;
                assertEquals(own < 3 ? expected : SOURCE_LIMIT, limiter.tryAcquire(source));
                if (own < 3 && in.size() < 6) {
                    in.add(source);
                }
            } else if (in.remove(source)) {
                limiter.release(source);
            }
        }
    }
}
