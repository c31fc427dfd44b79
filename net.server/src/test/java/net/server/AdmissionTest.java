package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class AdmissionTest {
    private static final InetAddress FIRST = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress SECOND = InetAddress.ofLiteral("192.0.2.2");
    private static final InetAddress IPV6 = InetAddress.ofLiteral("2001:db8::1");
    private static final Optional<String> IN = Optional.empty();
    private static final Optional<String> LIMIT = Optional.of("limit");
    private static final Optional<String> SOURCE_LIMIT = Optional.of("source_limit");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void letsInAsManyAsTheLimit(int max) {
        Admission admission = new Admission(max, max);
        for (int i = 0; i < max; i++) {
            assertEquals(IN, admission.admit(FIRST), "peer " + i);
        }
        assertEquals(LIMIT, admission.admit(SECOND));
        admission.release(FIRST);
        assertEquals(IN, admission.admit(SECOND));
        assertEquals(LIMIT, admission.admit(IPV6));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void letsInAsManyOfOneSourceAsItsLimit(int max) {
        Admission admission = new Admission(1000, max);
        for (int i = 0; i < max; i++) {
            assertEquals(IN, admission.admit(FIRST));
            assertEquals(IN, admission.admit(IPV6));
        }
        assertEquals(SOURCE_LIMIT, admission.admit(FIRST));
        assertEquals(SOURCE_LIMIT, admission.admit(IPV6));
        assertEquals(IN, admission.admit(SECOND));
        admission.release(FIRST);
        assertEquals(SOURCE_LIMIT, admission.admit(IPV6));
        assertEquals(IN, admission.admit(FIRST));
        assertEquals(SOURCE_LIMIT, admission.admit(FIRST));
    }

    @Test
    void limitOfTheSourceComesBeforeTheTotal() {
        Admission admission = new Admission(2, 1);
        assertEquals(IN, admission.admit(FIRST));
        assertEquals(IN, admission.admit(SECOND));
        assertEquals(SOURCE_LIMIT, admission.admit(FIRST));
        assertEquals(LIMIT, admission.admit(IPV6));
    }

    @Test
    void refusedPeersTakeNoPlace() {
        Admission admission = new Admission(2, 1);
        assertEquals(IN, admission.admit(FIRST));
        for (int i = 0; i < 100; i++) {
            assertEquals(SOURCE_LIMIT, admission.admit(FIRST));
        }
        assertEquals(IN, admission.admit(SECOND));
        for (int i = 0; i < 100; i++) {
            assertEquals(LIMIT, admission.admit(IPV6));
        }
        admission.release(FIRST);
        admission.release(SECOND);
        assertEquals(IN, admission.admit(FIRST));
        assertEquals(IN, admission.admit(IPV6));
    }

    @Test
    void sourceLimitAboveTheTotalIsNone() {
        Admission admission = new Admission(2, 1000);
        assertEquals(IN, admission.admit(FIRST));
        assertEquals(IN, admission.admit(FIRST));
        assertEquals(LIMIT, admission.admit(FIRST));
        admission.release(FIRST);
        assertEquals(IN, admission.admit(FIRST));
    }

    @Test
    void placesAddUpWhateverTheOrder() {
        Random random = new Random(1);
        Admission admission = new Admission(6, 3);
        List<InetAddress> in = new ArrayList<>();
        List<InetAddress> sources = List.of(FIRST, SECOND, IPV6);
        for (int i = 0; i < 100_000; i++) {
            InetAddress source = sources.get(random.nextInt(3));
            if (random.nextBoolean()) {
                long own = in.stream().filter(source::equals).count();
                Optional<String> expected = in.size() < 6 ? IN : LIMIT;
                assertEquals(own < 3 ? expected : SOURCE_LIMIT, admission.admit(source));
                if (own < 3 && in.size() < 6) {
                    in.add(source);
                }
            } else if (in.remove(source)) {
                admission.release(source);
            }
        }
    }
}
