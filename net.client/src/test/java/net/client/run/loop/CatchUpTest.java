package net.client.run.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class CatchUpTest {
    private static final long MILLI = 1_000_000L;

    /** The origin of the monotonic clock is arbitrary. */
    private static final long NOW = -5_000 * MILLI + 17;

    private static RunConfig.Builder config(Transport transport, Service service) {
        ClientConfig client = ClientConfig.of(new Endpoint("127.0.0.1", 7));
        return RunConfig.builder(transport, service, client).endless();
    }

    private static CatchUp catchUp(RunConfig run) {
        return new CatchUp(run, new Schedule(run).distanceNanos());
    }

    private static CatchUp echo(int rate) {
        return catchUp(config(Transport.UDP, Service.ECHO).rate(rate).build());
    }

    @Test
    void datagramsOnTimeAreSentEvenIfManyAreInFlight() {
        CatchUp catchUp = echo(1000);
        assertEquals(64, catchUp.allowance(NOW, () -> 1_000_000));
        catchUp.endBurst(NOW, 64, false);
        assertEquals(64, catchUp.allowance(NOW, () -> 1_000_000));
        assertTrue(catchUp.wakeNanos() < NOW);
    }

    @Test
    void overdueDatagramsReplaceAnsweredOnes() {
        CatchUp catchUp = echo(1000);
        catchUp.endBurst(NOW, 64, true);
        assertEquals(0, catchUp.allowance(NOW, () -> 65));
        assertEquals(0, catchUp.allowance(NOW, () -> 64));
        assertEquals(1, catchUp.allowance(NOW, () -> 63));
        assertEquals(64, catchUp.allowance(NOW, () -> 0));
    }

    /** 64 datagrams last 64 ms at this rate, of which 1 ms has passed before. */
    @Test
    void overdueDatagramsWithoutAnAnswerAreSentAtTwiceTheRate() {
        CatchUp catchUp = echo(1000);
        catchUp.endBurst(NOW, 64, true);
        assertEquals(NOW + 31 * MILLI, catchUp.wakeNanos());
        assertEquals(0, catchUp.allowance(NOW + 31 * MILLI - 1, () -> 64));
        assertEquals(64, catchUp.allowance(NOW + 31 * MILLI, () -> 64));
        catchUp.endBurst(NOW + 31 * MILLI, 64, true);
        assertEquals(NOW + 63 * MILLI, catchUp.wakeNanos());
        // A late wake-up is made up for, up to a millisecond.
        catchUp.endBurst(NOW + 100 * MILLI, 64, true);
        assertEquals(NOW + (99 + 32) * MILLI, catchUp.wakeNanos());
    }

    @Test
    void intervalIsSharedByAllSockets() {
        RunConfig.Builder run = config(Transport.UDP, Service.STAMP).parallel(10);
        CatchUp catchUp = catchUp(run.interval(Duration.ofMillis(100)).build());
        catchUp.endBurst(NOW, 10, true);
        assertEquals(NOW + (50 - 1) * MILLI, catchUp.wakeNanos());
    }

    @ParameterizedTest
    @CsvSource({"16, 64", "1024, 64", "1025, 63", "1400, 46", "32768, 2", "65507, 1"})
    void windowOfLargeDatagramsIsSmaller(int bytes, int datagrams) {
        RunConfig.Builder run = config(Transport.UDP, Service.ECHO).rate(1000);
        Payload payload = Payload.pattern(bytes - run.build().headerBytes());
        CatchUp catchUp = catchUp(run.payload(payload).build());
        catchUp.endBurst(NOW, 1, true);
        assertEquals(datagrams, catchUp.allowance(NOW, () -> 0));
    }

    @ParameterizedTest
    @CsvSource({"TCP, ECHO", "TCP, GREET", "UDP, DISCARD"})
    void othersAreNotLimited(Transport transport, Service service) {
        CatchUp catchUp = catchUp(config(transport, service).rate(1000).build());
        assertTrue(catchUp.allowance(NOW, () -> 1_000_000) > 1_000_000);
        catchUp.endBurst(NOW, 1_000_000, true);
        assertTrue(catchUp.allowance(NOW, () -> 0) > 1_000_000);
        assertTrue(catchUp.wakeNanos() < NOW);
    }
}
