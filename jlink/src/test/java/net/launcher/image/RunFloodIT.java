package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** UDP runs against broken and hostile peers. */
class RunFloodIT {
    private static final int COUNT = 100;

    /** Offset of the sequence number in an echo. */
    private static final int SEQUENCE_AT = 8;

    private static final int HEADER_BYTES = 16;

    /** Offset of the repeated request in a STAMP reply (RFC 8762). */
    private static final int REPEATED_AT = 24;

    private static final int REPEATED_BYTES = 14;

    private static ProcessResult run(ScriptedUdpServer server, String service, String... args) {
        return ProcessCommand.of("udp-client", "--service", service, "--format", "json")
                .with(args)
                .with("127.0.0.1", server.port())
                .env("NETPAIR_JAVA_OPTIONS", "-Xmx20m")
                .run();
    }

    private static EventList succeed(ProcessResult ended) {
        assertEquals(0, ended.status(), ended.toString());
        return EventList.of(ended.out());
    }

    private static byte[] changed(byte[] bytes, int place) {
        byte[] changed = bytes.clone();
        changed[place] ^= 1;
        return changed;
    }

    /** A reply without a valid sequence number fails no exchange. */
    @Test
    void countsGarbageAsCorrupt() throws IOException {
        ScriptedUdpServer.Script script =
                (server, request, client) -> {
                    byte[] future = request.clone();
                    ByteBuffer.wrap(future).putLong(SEQUENCE_AT, COUNT);
                    byte[] past = request.clone();
                    ByteBuffer.wrap(past).putLong(SEQUENCE_AT, -1);
                    server.send(new byte[0], client);
                    server.send(new byte[] {'\n'}, client);
                    server.send(Arrays.copyOf(request, HEADER_BYTES - 1), client);
                    server.send(changed(request, 0), client);
                    server.send(future, client);
                    server.send(past, client);
                    server.send(new byte[60_000], client);
                    server.send(request, client);
                };
        try (ScriptedUdpServer server = new ScriptedUdpServer(script)) {
            EventList events = succeed(run(server, "echo", "-c", Integer.toString(COUNT)));
            assertEquals(COUNT, events.total("ok"));
            assertEquals(7 * COUNT, events.total("corrupt"));
            assertEquals(COUNT, events.total("received"));
            for (String none : new String[] {"lost", "late", "duplicates", "reordered"}) {
                assertEquals(0, events.total(none), none);
            }
        }
    }

    /** A wrong reply with a valid sequence number fails its exchange. */
    @ParameterizedTest
    @CsvSource({"echo, -1", "echo, 1", "stamp, -1", "stamp, 1"})
    void answerOfWrongLengthIsCorrupt(String service, int more) throws IOException {
        ScriptedUdpServer.Script script =
                (server, request, client) -> {
                    byte[] answer = Arrays.copyOf(request, request.length + more);
                    if (service.equals("stamp")) {
                        System.arraycopy(request, 0, answer, REPEATED_AT, REPEATED_BYTES);
                    }
                    server.send(answer, client);
                };
        try (ScriptedUdpServer server = new ScriptedUdpServer(script)) {
            ProcessResult ended =
                    run(server, service, "-c", "3", "--size", "100", "--timeout", "1m");
            assertEquals(1, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(3, events.total("corrupt"));
            assertEquals("{\"corrupt\":3}", events.summary().get("errors").toString());
        }
    }

    /** Floods a client after its first request. */
    private interface Flood {
        void send(ScriptedUdpServer server, SocketAddress client) throws IOException;
    }

    private static ScriptedUdpServer flooding(Flood flood) throws IOException {
        AtomicBoolean isFlooding = new AtomicBoolean();
        return new ScriptedUdpServer(
                (server, request, client) -> {
                    if (isFlooding.compareAndSet(false, true)) {
                        Thread.ofPlatform().daemon().start(() -> flood(flood, server, client));
                    }
                    server.send(request, client);
                });
    }

    private static void flood(Flood flood, ScriptedUdpServer server, SocketAddress client) {
        try {
            while (true) {
                flood.send(server, client);
            }
        } catch (IOException expected) {
            // The test is over.
        }
    }

    @Test
    void floodOfGarbageDoesNotDelayTheRun() throws IOException {
        byte[] garbage = "garbage".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedUdpServer server = flooding((to, client) -> to.send(garbage, client))) {
            ProcessResult ended =
                    run(server, "echo", "--rate", "100", "-t", "1s", "--timeout", "1s");
            EventList events = EventList.of(ended.out());
            assertEquals(COUNT, events.total("sent"), ended.toString());
            // A receive buffer full of garbage drops replies.
            assertEquals(COUNT, events.total("received") + events.total("lost"));
            assertEquals(events.total("failed") == 0 ? 0 : 1, ended.status());
            assertTrue(events.total("corrupt") > COUNT, ended::toString);
            assertEquals(0, events.total("duplicates"));
            assertTrue(events.total("duration_ns") < TimeUnit.SECONDS.toNanos(10));
        }
    }

    /** The flood does not displace the replies in the buffer. */
    @Test
    void floodFromAnotherAddressIsReportedOnce() throws IOException {
        byte[] garbage = "garbage".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedUdpServer server =
                flooding((to, client) -> to.sendFromElsewhere(garbage, client))) {
            EventList events =
                    succeed(run(server, "echo", "--rate", "100", "-t", "1s", "--timeout", "20s"));
            assertEquals(COUNT, events.total("ok"));
            assertEquals(0, events.total("corrupt"));
            long wrongSources = events.summary().get("errors").get("wrong_source").asLong();
            assertTrue(wrongSources > COUNT, events.summary()::toString);
            assertEquals(1, events.named("error").size());
        }
    }

    @Test
    void reportsAnAnswerFromAnotherAddress() throws IOException {
        ScriptedUdpServer.Script script =
                (server, request, client) -> server.sendFromElsewhere(request, client);
        try (ScriptedUdpServer server = new ScriptedUdpServer(script)) {
            ProcessResult ended = run(server, "echo", "-c", "3", "--timeout", "1m");
            assertEquals(1, ended.status(), ended.toString());
            String line =
                    "udp-client: exchange 1 with 127.0.0.1:"
                            + server.port()
                            + " failed: answer from 127.0.0.1:"
                            + server.otherPort()
                            + ", which is not the server's address\n";
            assertEquals(line, ended.err().substring(0, line.length()));
            EventList events = EventList.of(ended.out());
            List<Integer> numbers = new ArrayList<>();
            events.named("error").forEach(error -> numbers.add(error.get("number").asInt()));
            assertEquals(List.of(1, 2, 3), numbers);
            assertEquals(3, ended.err().lines().count(), ended::err);
            assertEquals(3, events.total("failed"));
            assertEquals(3, events.total("lost"));
            assertEquals("{\"wrong_source\":3}", events.summary().get("errors").toString());
        }
    }

    /** Its numbers and times may be arbitrary and inconsistent. */
    @Test
    void survivesArbitraryStampAnswers() throws IOException {
        Random random = new Random(8762);
        ScriptedUdpServer.Script script =
                (server, request, client) -> {
                    byte[] answer = new byte[request.length];
                    random.nextBytes(answer);
                    System.arraycopy(request, 0, answer, REPEATED_AT, REPEATED_BYTES);
                    server.send(answer, client);
                };
        try (ScriptedUdpServer server = new ScriptedUdpServer(script)) {
            EventList events = succeed(run(server, "stamp", "-c", Integer.toString(COUNT)));
            assertEquals(COUNT, events.total("ok"));
            assertTrue(events.summary().get("jitter_up_ns").isNull());
            assertEquals(COUNT - 1, events.total("clock_steps"));
        }
    }
}
