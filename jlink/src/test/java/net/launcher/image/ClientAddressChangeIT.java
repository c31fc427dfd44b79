package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * UDP clients on a host whose address changes. Datagrams from the old address fail at once over
 * IPv4, and are sent but remain unanswered over IPv6.
 */
class ClientAddressChangeIT {
    /** A run until a signal, with a timeout long enough for a busy machine. */
    private static final String[] RUN = {"-i", "50ms", "--timeout", "2s", "--format", "json"};

    /** Number of answers in more than the timeout, so that unanswered exchanges have ended. */
    private static final int RECOVERED = 50;

    private NetworkNamespace near;
    private NetworkNamespace far;

    @BeforeEach
    void joinHosts() {
        near = NetworkNamespace.start();
        far = near.join();
        near.with("net0", "10.1.0.1/24", "fd01::1/64");
        far.with("net0", "10.1.0.2/24", "fd01::2/64");
    }

    @AfterEach
    void closeHosts() {
        near.close();
        far.close();
    }

    private RunningProcess serve(String service, String... args) {
        return far.launch("udp-server", "--service", service, ":0").with(args).start();
    }

    private ProcessCommand client(RunningProcess server, String net, String... args) {
        return near.launch("udp-client", net + "2", Integer.toString(server.port())).with(args);
    }

    private void remove(String address) {
        near.sh("ip address del " + address + " dev net0");
    }

    /** Removes the address that ends with 1, and adds the one that ends with 3. */
    private void change(String net) {
        remove(net + "1/" + prefix(net));
        near.with("net0", net + "3/" + prefix(net));
    }

    private static int prefix(String net) {
        return net.contains(":") ? 64 : 24;
    }

    /** Waits until a run has received further answers to an address, and ends it. */
    private static EventList endRecovered(RunningProcess run, String address) {
        long before = answers(run.outLines(), address);
        run.awaitOut(lines -> answers(lines, address) >= before + RECOVERED);
        return EventList.of(run.signal("INT").end().out());
    }

    private static long answers(List<String> lines, String address) {
        Pattern local = Pattern.compile("\"reply\".*\"local\":\"\\[?" + Pattern.quote(address));
        return lines.stream().filter(local.asPredicate()).count();
    }

    private static boolean isFrom(String address, JsonNode reply) {
        return reply.get("local").asText().replace("[", "").startsWith(address);
    }

    /** Expects that once an answer has arrived at the new address, all further ones do. */
    private static void assertRecovered(EventList events, String from, String to) {
        List<JsonNode> replies = events.named("reply");
        List<JsonNode> after = replies.stream().filter(reply -> isFrom(to, reply)).toList();
        long before = replies.stream().filter(reply -> isFrom(from, reply)).count();
        assertEquals(replies.size(), before + after.size());
        assertTrue(before >= 5, events::toString);
        assertTrue(!after.isEmpty(), events::toString);
        int first = after.getFirst().get("number").asInt();
        int last = after.getLast().get("number").asInt();
        assertEquals(last, first + after.size() - 1, events::toString);
        assertEquals(replies.size(), events.total("ok"));
        assertEquals(last - replies.size(), events.total("failed"), events::toString);
        assertEquals(events.total("sent") - events.total("received"), events.total("lost"));
        assertEquals(replies.size(), events.total("received"));
        assertEquals(0, events.total("duplicates"));
    }

    @ParameterizedTest
    @CsvSource({"echo, 10.1.0.", "echo, fd01::", "stamp, 10.1.0.", "stamp, fd01::"})
    void runContinuesFromTheNewAddress(String service, String net) {
        try (RunningProcess server = serve(service);
                RunningProcess run = client(server, net, RUN).with("--service", service).start()) {
            run.awaitOut("\"number\":5,");
            change(net);
            EventList events = endRecovered(run, net + "3");
            assertRecovered(events, net + "1", net + "3");
            if (service.equals("stamp")) {
                // The reflector starts another session, in which nothing is lost.
                assertEquals(0, events.total("lost_up"));
                assertEquals(0, events.total("lost_down"));
            }
        }
    }

    /** Without answers, their absence cannot show the change. */
    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.", "fd01::"})
    void unansweredRunContinuesFromTheNewAddress(String net) {
        String[] args = {"-i", "50ms", "-t", "60s", "--format", "json"};
        try (RunningProcess server = serve("receive");
                RunningProcess run = client(server, net, args).start()) {
            server.awaitOut(net + "1");
            change(net);
            server.awaitOut(net + "3");
            EventList events = EventList.of(run.signal("INT").end().out());
            // Between the two addresses, a datagram cannot be sent.
            JsonNode unreachable = events.summary().get("errors").path("unreachable");
            assertEquals(events.total("failed"), unreachable.asInt(0));
            assertEquals(events.total("sent"), events.total("ok"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.", "fd01::"})
    void missingSourceIsNamedUntilItReturns(String net) {
        String source = net + "1";
        try (RunningProcess server = serve("echo");
                RunningProcess run =
                        client(server, net, RUN)
                                .with("--service", "echo", "--source", source)
                                .start()) {
            run.awaitOut("\"number\":5,");
            remove(source + "/" + prefix(net));
            String host = net.contains(":") ? "[" + net + "2]" : net + "2";
            run.awaitErr(
                    "send to "
                            + host
                            + ":"
                            + server.port()
                            + " failed: cannot assign requested address");
            near.with("net0", source + "/" + prefix(net));
            EventList events = endRecovered(run, source);
            assertTrue(events.summary().get("errors").get("local").asInt() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.1.0.", "fd01::"})
    void pipeContinuesFromTheNewAddress(String net) {
        try (RunningProcess server = serve("echo");
                RunningProcess pipe = client(server, net, "--service", "pipe", "--lines").start()) {
            write(pipe, "before");
            pipe.awaitOut("before");
            change(net);
            if (prefix(net) == 64) {
                Await.holds("an answer", () -> write(pipe, "again").outLines().size() > 1);
            } else {
                write(pipe, "again");
                pipe.awaitOut("again");
            }
            pipe.process().getOutputStream().close();
            assertEquals(0, pipe.end().status());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunningProcess write(RunningProcess pipe, String line) {
        try {
            OutputStream in = pipe.process().getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            return pipe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's interface drops large datagrams, so that the search waits for answers. */
    @Test
    void searchForTheLargestDatagramContinues() {
        far.sh("ip link set net0 mtu 1300");
        try (RunningProcess server = serve("echo")) {
            ProcessCommand search = client(server, "10.1.0.", "--probe-size", "--format", "json");
            int largest = largest(search.run());
            try (RunningProcess running = search.start()) {
                String sockets = "ss -Hun dport = :" + server.port();
                Await.holds("a search", () -> !near.sh(sockets).isEmpty());
                // Without an address, an attempt would end the search.
                near.sh("echo 1 > /proc/sys/net/ipv4/conf/net0/promote_secondaries");
                near.with("net0", "10.1.0.3/24");
                remove("10.1.0.1/24");
                assertEquals(largest, largest(running.end()));
            }
        }
    }

    private static int largest(ProcessResult ended) {
        assertEquals(0, ended.status(), ended.toString());
        EventList events = EventList.of(ended.out());
        return events.named("size").getFirst().get("largest_bytes").asInt();
    }
}
