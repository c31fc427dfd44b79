package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.server.access.RefusalReason;

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
    void letsInAsManyAsTheLimit(int max) {
        ConnectionLimiter capacity = new ConnectionLimiter(max, max);
        for (int i = 0; i < max; i++) {
            assertEquals(IN, capacity.take(FIRST), "peer " + i);
        }
        assertEquals(LIMIT, capacity.take(SECOND));
        capacity.release(FIRST);
        assertEquals(IN, capacity.take(SECOND));
        assertEquals(LIMIT, capacity.take(IPV6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void letsInAsManyOfOneSourceAsItsLimit(int max) {
        ConnectionLimiter capacity = new ConnectionLimiter(1000, max);
        for (int i = 0; i < max; i++) {
            assertEquals(IN, capacity.take(FIRST));
            assertEquals(IN, capacity.take(IPV6));
        }
        assertEquals(SOURCE_LIMIT, capacity.take(FIRST));
        assertEquals(SOURCE_LIMIT, capacity.take(IPV6));
        assertEquals(IN, capacity.take(SECOND));
        capacity.release(FIRST);
        assertEquals(SOURCE_LIMIT, capacity.take(IPV6));
        assertEquals(IN, capacity.take(FIRST));
        assertEquals(SOURCE_LIMIT, capacity.take(FIRST));
    }

    @Test
    void limitOfTheSourceComesBeforeTheTotal() {
        ConnectionLimiter capacity = new ConnectionLimiter(2, 1);
        assertEquals(IN, capacity.take(FIRST));
        assertEquals(IN, capacity.take(SECOND));
        assertEquals(SOURCE_LIMIT, capacity.take(FIRST));
        assertEquals(LIMIT, capacity.take(IPV6));
    }

    @Test
    void refusedPeersTakeNoPlace() {
        ConnectionLimiter capacity = new ConnectionLimiter(2, 1);
        assertEquals(IN, capacity.take(FIRST));
        for (int i = 0; i < 100; i++) {
            assertEquals(SOURCE_LIMIT, capacity.take(FIRST));
        }
        assertEquals(IN, capacity.take(SECOND));
        for (int i = 0; i < 100; i++) {
            assertEquals(LIMIT, capacity.take(IPV6));
        }
        capacity.release(FIRST);
        capacity.release(SECOND);
        assertEquals(IN, capacity.take(FIRST));
        assertEquals(IN, capacity.take(IPV6));
    }

    @Test
    void sourceLimitAboveTheTotalIsNone() {
        ConnectionLimiter capacity = new ConnectionLimiter(2, 1000);
        assertEquals(IN, capacity.take(FIRST));
        assertEquals(IN, capacity.take(FIRST));
        assertEquals(LIMIT, capacity.take(FIRST));
        capacity.release(FIRST);
        assertEquals(IN, capacity.take(FIRST));
    }

    @Test
    void placesAddUpWhateverTheOrder() {
        Random random = new Random(1);
        ConnectionLimiter capacity = new ConnectionLimiter(6, 3);
        List<InetAddress> in = new ArrayList<>();
        List<InetAddress> sources = List.of(FIRST, SECOND, IPV6);
        for (int i = 0; i < 100_000; i++) {
            InetAddress source = sources.get(random.nextInt(3));
            if (random.nextBoolean()) {
                long own = in.stream().filter(source::equals).count();
                Optional<RefusalReason> expected = in.size() < 6 ? IN : LIMIT;
                assertEquals(own < 3 ? expected : SOURCE_LIMIT, capacity.take(source));
                if (own < 3 && in.size() < 6) {
                    in.add(source);
                }
            } else if (in.remove(source)) {
                capacity.release(source);
            }
        }
    }
}
