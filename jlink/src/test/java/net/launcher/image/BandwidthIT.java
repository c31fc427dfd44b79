package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs with a bandwidth, and the size of datagrams. Bytes are compared with the time they took. */
class BandwidthIT {
    private static final long LATE_NANOS = 100_000_000;

    private static ServerUnderTest serve(String transport, String service) {
        return new ServerUnderTest(
                transport,
                service,
                ProcessCommand.of(transport + "-server", "--service", service, "--format", "json")
                        .with("127.0.0.1", "0")
                        .start());
    }

    private static long served(ServerUnderTest target) {
        return EventList.of(target.server().signal("TERM").end().out()).total("bytes_received");
    }

    /**
     * Checks that at most the rate of the duration, and a burst or datagram, were sent; less on a
     * busy machine. The measured duration is shorter if the first datagram was late, and longer if
     * the end was.
     */
    private static void assertRate(EventList events, long rate) {
        long duration = events.all().getFirst().get("duration_ns").asLong();
        long measured = events.total("duration_ns");
        long latest = Math.min(measured, duration + LATE_NANOS);
        double expected = rate / 8e9 * Math.clamp(duration, latest, measured + LATE_NANOS);
        long sent = events.total("bytes_sent");
        assertTrue(sent <= expected + Math.max(rate / 8e3, 1400), events::toString);
        assertTrue(sent > 0.1 * rate / 8e9 * measured, events::toString);
    }

    @ParameterizedTest
    @CsvSource({"100k, 100000, 1", "8M, 8000000, 3", "200M, 200000000, 2"})
    void streamsShareTheBandwidth(String argument, long rate, int streams) {
        try (ServerUnderTest target = serve("tcp", "discard")) {
            EventList events =
                    target.events("-b", argument, "-t", "1500ms", "-P", Integer.toString(streams));
            JsonNode start = events.all().getFirst();
            assertEquals(rate, start.get("bandwidth").asLong());
            assertEquals(524_288, start.get("size").asLong());
            assertEquals(streams, events.total("ok"), events::toString);
            assertRate(events, rate);
            assertEquals(events.total("bytes_sent"), served(target));
        }
    }

    /** 125,000 bytes at 1 Mbit/s take a second. */
    @Test
    void limitOfBytesIsReachedWithTheBandwidth() {
        try (ServerUnderTest target = serve("tcp", "discard")) {
            EventList events = target.events("--bandwidth", "1M", "--bytes", "125000");
            assertEquals(125_000, events.total("bytes_sent"));
            assertTrue(events.total("duration_ns") >= 999_000_000, events::toString);
            assertEquals(125_000, served(target));
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp, 524288", "udp, 1400"})
    void echoReturnsWhatWasPaced(String transport, int size) {
        try (ServerUnderTest target = serve(transport, "echo")) {
            EventList events = target.events("--bulk", "-b", "4M", "-t", "1s");
            assertEquals(size, events.all().getFirst().get("size").asLong());
            assertEquals(0, events.total("failed"));
            assertEquals(events.total("bytes_sent"), events.total("bytes_received"));
            assertRate(events, 4_000_000);
        }
    }

    /** 8 Mbit are 714.3 datagrams of 1400 bytes, the first of which is due at the start. */
    @Test
    void datagramsKeepTheBandwidth() {
        try (ServerUnderTest target = serve("udp", "discard")) {
            EventList events = target.events("-b", "8M", "-t", "1s", "-P", "2");
            assertEquals(8_000_000, events.all().getFirst().get("bandwidth").asLong());
            assertEquals("open", events.all().getFirst().get("loop").asText());
            assertEquals(715, events.total("sent") + events.total("skipped"), events::toString);
            assertEquals(1400 * events.total("sent"), events.total("bytes_sent"));
            assertTrue(events.total("sent") > 500, events::toString);
            target.server().awaitTotals(" from " + events.total("sent") + " datagrams, ");
            assertEquals(events.total("bytes_sent"), served(target));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "discard, '', 12",
        "discard, -c 3, 4200",
        "discard, -c 3 -s 64, 192",
        "discard, -c 3 -m hi, 6",
        "receive, -c 3, 36",
        "echo, --bulk -c 3, 4200"
    })
    void datagramsHaveAUsefulSize(String service, String args, long bytes) {
        try (ServerUnderTest target = serve("udp", service)) {
            String[] words = args.isEmpty() ? new String[0] : args.split(" ");
            assertEquals(bytes, target.events(words).total("bytes_sent"));
        }
    }

    @Test
    void textNamesTheBandwidth() {
        try (ServerUnderTest target = serve("tcp", "discard")) {
            ProcessResult ended = target.client("-b", "2.5M", "-t", "200ms").run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(ended.out().contains(", paced at 2.5 Mbit/s\n"), ended::out);
        }
        try (ServerUnderTest target = serve("udp", "discard")) {
            ProcessResult ended = target.client("-b", "2.5M", "-t", "200ms").run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(ended.out().contains("\nloop        open, 2.5 Mbit/s\n"), ended::out);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp | discard -b 0"
                        + " | --bandwidth must be a rate from 1 to 100000000000 per second: 0",
                "tcp | discard -b 5x | --bandwidth must be a rate such as 100, 1k or 2.5M: 5x",
                "tcp | echo -b 1M | --bandwidth requires --service discard, or --bulk",
                "tcp | chargen --bulk -b 1M | --bandwidth cannot be used with --service chargen",
                "udp | stamp -b 1M | --bandwidth requires --service discard, or --bulk",
                "udp | discard -b 1M --rate 5 | --bandwidth cannot be used with --rate",
                "udp | discard -b 1M -i 1s | --bandwidth cannot be used with --interval",
                "udp | echo --bulk -b 1M --load 1 | --bandwidth cannot be used with --load"
            })
    void useOutOfPlaceIsRejected(String transport, String args, String message) {
        String launcher = transport + "-client";
        ProcessResult ended =
                ProcessCommand.of(launcher, "--service").with(args.split(" ")).with("::1").run();
        assertEquals(2, ended.status(), ended.toString());
        assertEquals("", ended.out());
        assertTrue(ended.err().startsWith(launcher + ": " + message), ended::err);
    }

    /** The stream that waits for its turn is interrupted, not failed. */
    @Test
    void interruptedRunHasAPartialSummary() {
        try (ServerUnderTest target = serve("tcp", "discard");
                RunningProcess client =
                        target.client("--format", "json", "-b", "100k", "-t", "1m").start()) {
            client.awaitOut("\"interval\"");
            ProcessResult ended = client.signal("INT").end();
            assertEquals(130, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(0, events.total("failed"));
            assertRate(events, 100_000);
        }
    }
}
