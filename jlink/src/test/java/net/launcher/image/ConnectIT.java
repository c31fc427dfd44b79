package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** Checks of TCP ports, with {@code tcp-client --service connect}. */
class ConnectIT {
    private static final String TIME = "\\d+(\\.\\d+)? m?s";

    private static ProcessCommand client(String... args) {
        return ProcessCommand.of("tcp-client", "--service", "connect").with(args);
    }

    /** A port that is bound, so that it stays unused, and does not listen. */
    private static SocketChannel closedPort() throws IOException {
        return SocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }

    private static String endpoint(SocketChannel holder) throws IOException {
        return "127.0.0.1:" + ((InetSocketAddress) holder.getLocalAddress()).getPort();
    }

    @Test
    void closedPortIsAFailure() throws IOException {
        try (SocketChannel holder = closedPort()) {
            String endpoint = endpoint(holder);
            ProcessResult ended = client(endpoint).run();
            assertEquals(1, ended.status());
            assertEquals("", ended.out());
            assertEquals(
                    "tcp-client: connect to "
                            + endpoint
                            + " failed: connection refused; the port is closed\n",
                    ended.err());
            EventList events = EventList.of(client("--format", "json", endpoint).run().out());
            assertEquals("refused", events.named("error").getFirst().get("kind").asText());
            assertEquals(1, events.total("failed"));
        }
    }

    /** Whether the reset arrives before the client finds the connection established varies. */
    @Test
    void portOfAServerThatRejectsIsOpen() {
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "--deny", "127.0.0.1", "127.0.0.1", "0").start()) {
            ProcessResult ended = client("127.0.0.1", Integer.toString(server.port())).run();
            boolean isReset = ended.status() == 1;
            assertEquals(isReset ? 1 : 0, ended.status());
            assertTrue(
                    isReset
                            ? ended.err()
                                    .endsWith(
                                            "; the port is open, but the server rejects this"
                                                    + " client\n")
                            : ended.out().contains(" open in "),
                    ended::toString);
        }
    }

    /** The client does not wait for a server that neither answers nor closes. */
    @Test
    void connectionThatThePeerKeepsOpenEnds() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedTcpServer server = new ScriptedTcpServer(client -> await(over))) {
            ProcessResult ended = client("-c", "3", "127.0.0.1", server.port()).run();
            over.countDown();
            assertEquals(0, ended.status(), ended.toString());
            assertEquals(3, server.clients());
        }
    }

    /** Bytes of the server that arrive after the half-close do not lead to a reset. */
    @Test
    void bytesOfTheServerAreReadUpToItsFin() throws Exception {
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        byte[] banner = "220 ready\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedTcpServer server =
                new ScriptedTcpServer(client -> ends.add(end(client, banner)))) {
            assertEquals(0, client("127.0.0.1", server.port()).run().status());
            assertEquals("closed", ends.take());
        }
    }

    private static String end(Socket client, byte[] banner) {
        try {
            assertEquals(-1, client.getInputStream().read());
            client.getOutputStream().write(banner);
            client.shutdownOutput();
            return "closed";
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void seriesHasALinePerCheck() throws IOException {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended = client("-c", "3", "-i", "10ms", target.endpoint()).run();
            assertEquals(0, ended.status(), ended.toString());
            List<String> lines = ended.out().lines().toList();
            for (int i = 1; i <= 3; i++) {
                String line = target.endpoint() + ": exchange " + i + " open in " + TIME;
                assertTrue(lines.stream().anyMatch(each -> each.matches(line)), ended::out);
            }
            TextSummary text = TextSummary.of(ended.out());
            assertTrue(text.rows().get("exchanges").startsWith("3 ok, 0 failed, "), ended::out);
            assertEquals("0 sent, 0 received", text.rows().get("bytes"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-c 20,                    20, closed",
        "-c 20 -P 5,               20, closed",
        "-c 5 -i 10ms,             5,  closed",
        "-c 20 --rate 200 -P 2,    20, open",
        "-c 20 --rate max --warmup 5, 20, closed"
    })
    void scheduleAppliesToChecks(String options, int count, String loop) {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    client("--format", "json", target.endpoint()).with(options.split(" ")).run();
            assertEquals(0, ended.status(), ended.toString());
            EventList events = EventList.of(ended.out());
            assertEquals(loop, events.all().getFirst().get("loop").asText());
            assertEquals(count, events.total("ok"));
            assertEquals(0, events.total("bytes_sent"));
            assertEquals(count, events.named("reply").size());
            for (JsonNode reply : events.named("reply")) {
                String time = loop.equals("open") ? "raw_time_ns" : "time_ns";
                assertEquals(reply.get("connect_ns"), reply.get(time), reply::toString);
            }
            assertTrue(events.summary().get("up_bits_per_second").isNull());
        }
    }

    @Test
    void durationEndsTheChecks() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    client("-t", "300ms", "-i", "10ms", "--format", "json", target.endpoint())
                            .run();
            assertEquals(0, ended.status(), ended.toString());
            assertTrue(EventList.of(ended.out()).total("ok") > 0, ended::out);
        }
    }

    @Test
    void thresholdsDecide() throws IOException {
        try (SocketChannel holder = closedPort();
                ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            String[] args = {"-c", "5", "--fail-if", "loss>0%"};
            assertEquals(3, client(args).with(endpoint(holder)).run().status());
            assertEquals(0, client(args).with(target.endpoint()).run().status());
            ProcessResult slow = client("-c", "5", "--fail-if", "min>1ns", target.endpoint()).run();
            assertEquals(3, slow.status(), slow.toString());
        }
    }

    @Test
    void pageHasTheTimes(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("connect.html");
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo")) {
            ProcessResult ended =
                    client("-c", "50", "--report", page.toString(), target.endpoint()).run();
            assertEquals(0, ended.status(), ended.toString());
        }
        String html = Files.readString(page);
        assertTrue(html.contains("connect over TCP"), html);
        assertTrue(html.contains("connect_ns.p50"), html);
    }

    @Test
    void signalEndsTheSeriesWithItsSummary() {
        try (ServerUnderTest target = ServerUnderTest.of("tcp", "echo");
                RunningProcess running = client("-i", "10ms", target.endpoint()).start()) {
            running.awaitOut("exchange 2 open in ");
            ProcessResult ended = running.signal("INT").end();
            assertEquals(130, ended.status(), ended.toString());
            assertTrue(ended.out().contains("\nexchanges   "), ended::out);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-m x,       --message cannot be used with --service connect",
        "--file x,   --file cannot be used with --service connect",
        "--size 5,   --size cannot be used with --service connect",
        "--bytes 5,  '--bytes requires --service discard or chargen, or --bulk'"
    })
    void optionsForThePayloadAreRejected(String options, String reason) {
        ProcessResult ended = client(options.split(" ")).run();
        assertEquals(2, ended.status());
        assertEquals("tcp-client: " + reason + " (see tcp-client --help)\n", ended.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void serversDoNotOfferIt(String server) {
        ProcessResult ended = ProcessCommand.of(server, "--service", "connect").run();
        assertEquals(2, ended.status());
        assertTrue(ended.err().startsWith(server + ": --service must be "), ended::err);
        ProcessResult help = ProcessCommand.of(server, "--help").run();
        assertTrue(help.out().lines().noneMatch(line -> line.matches(" *connect .*")), help::out);
    }
}
