package net.launcher;

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
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs of many exchanges, from the command line to the exit status. */
class ClientRunTest {
    private static RunningLauncher echo(String... more) {
        List<String> args = new ArrayList<>(List.of("--service=echo", "127.0.0.1", "0"));
        args.addAll(Arrays.asList(more));
        return RunningLauncher.start(new TcpServerLauncher(), args.toArray(String[]::new));
    }

    private static RunningLauncher udpEcho() {
        return RunningLauncher.start(new UdpServerLauncher(), "--service=echo", "127.0.0.1", "0");
    }

    private static String[] args(String port, String args) {
        return ("--service=echo " + args + " 127.0.0.1:" + port).split(" ");
    }

    private static RunningLauncher tcp(RunningLauncher server, String args) throws Exception {
        return RunningLauncher.start(new TcpClientLauncher(), args(server.port(), args));
    }

    private static RunningLauncher udp(RunningLauncher server, String args) throws Exception {
        return RunningLauncher.start(new UdpClientLauncher(), args(server.port(), args));
    }

    /** Binds a port without listening, so that connections to it are refused. */
    private static SocketChannel boundPort() throws IOException {
        return SocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }

    private static String port(SocketChannel holder) throws IOException {
        return Integer.toString(((InetSocketAddress) holder.getLocalAddress()).getPort());
    }

    private static long count(RunningLauncher client, String part) {
        return client.out().lines().filter(line -> line.contains(part)).count();
    }

    @Test
    void runPrintsALinePerExchangeAndASummary() throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = tcp(server, "-c 5")) {
            assertEquals(0, client.status(), client::err);
            assertEquals(5, count(client, "12 B from 127.0.0.1:" + server.port() + ": exchange "));
            assertEquals(1, count(client, "exchanges   5 ok, 0 failed, loss 0 %, "));
            assertEquals("", client.err());
        }
    }

    @Test
    void eventsOfARunBeginWithStartAndEndWithSummary() throws Exception {
        try (RunningLauncher server = udpEcho();
                RunningLauncher client = udp(server, "-c 5 --rate 100 --format json --warmup 2")) {
            assertEquals(0, client.status(), client::err);
            List<JsonNode> events = Events.parse(client.out());
            assertEquals(
                    List.of(
                            "start",
                            "reply",
                            "reply",
                            "reply",
                            "reply",
                            "reply",
                            "interval",
                            "summary"),
                    Events.names(events));
            assertEquals("open", events.getFirst().get("loop").asText());
            assertEquals(5, events.getLast().get("ok").asInt());
            assertEquals(2, events.getLast().get("warmup").asInt());
            assertEquals(5, events.getLast().get("received").asInt());
            for (int i = 1; i <= 5; i++) {
                assertEquals(28, events.get(i).get("bytes_received").asInt());
                assertEquals("hello sever!", events.get(i).get("text").asText());
                assertTrue(
                        events.get(i).get("raw_time_ns").asLong()
                                <= events.get(i).get("time_ns").asLong());
            }
        }
    }

    @Test
    void fastRunPrintsOnlyTheSummary() throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = tcp(server, "-c 101 -P 2 --format json")) {
            assertEquals(0, client.status(), client::err);
            List<String> names = Events.names(Events.parse(client.out()));
            assertEquals(List.of(), names.stream().filter("reply"::equals).toList());
            assertEquals("start", names.getFirst());
            assertEquals("summary", names.getLast());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c 1", "-c 3"})
    void quietRunPrintsNoAnswers(String count) throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = tcp(server, "--quiet --format json " + count)) {
            assertEquals(0, client.status(), client::err);
            assertEquals(List.of("start", "summary"), Events.names(Events.parse(client.out())));
        }
    }

    @Test
    void quietSingleExchangePrintsNothing() throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = tcp(server, "--quiet")) {
            assertEquals(0, client.status(), client::err);
            assertEquals("", client.out());
        }
    }

    @Test
    void rawRunPrintsAnswersAndTheSummaryOnStandardError() throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = tcp(server, "--format=raw -c 3 -m abc")) {
            assertEquals(0, client.status(), client::err);
            assertEquals("abcabcabc", client.out());
            assertTrue(client.err().startsWith("tcp-client: 3 ok, 0 failed, "), client::err);
        }
    }

    /** With thresholds, failed exchanges do not determine the exit status. */
    @ParameterizedTest
    @CsvSource({
        "'', 1",
        "--fail-if=failed>2, 3",
        "--fail-if=failed>3, 0",
        "--fail-if=loss<100%, 0",
        "--fail-if=loss>=100%, 3",
        "--fail-if=failed>3 --fail-if=failed>2, 3",
        "--fail-if=p50>1m, 3"
    })
    void refusedExchangesFailTheRunUnlessThresholdsSayOtherwise(String thresholds, int status)
            throws Exception {
        try (SocketChannel holder = boundPort();
                RunningLauncher client =
                        RunningLauncher.start(
                                new TcpClientLauncher(),
                                args(port(holder), ("-c 3 " + thresholds).strip()))) {
            assertEquals(status, client.status(), client::out);
            assertEquals(1, count(client, "exchanges   0 ok, 3 failed, loss 100 %, "));
            assertEquals(3, client.err().lines().count(), client::err);
        }
    }

    @Test
    void missedThresholdExitsWith3() throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = tcp(server, "-c 3 --fail-if=p50>0ns --fail-if=ok<3")) {
            assertEquals(3, client.status(), client::err);
            assertEquals(1, count(client, "FAIL p50>0ns: "));
            assertEquals(1, count(client, "ok   ok<3: 3"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c 1", "-c 5"})
    void unknownNameExitsWith1WhateverTheThresholds(String count) throws Exception {
        String args = count + " --fail-if ok>5 nosuch.invalid";
        try (RunningLauncher client =
                RunningLauncher.start(new TcpClientLauncher(), args.split(" "))) {
            assertEquals(1, client.status());
            assertTrue(client.err().contains("name not found"), client::err);
        }
    }

    @Test
    void missingPermissionExitsWith2() throws Exception {
        // Java enables broadcasts only on a DatagramSocket.
        try (RunningLauncher client =
                RunningLauncher.start(
                        new UdpClientLauncher(), "-c", "2", "--fail-if=ok>5", "255.255.255.255")) {
            assertEquals(2, client.status(), client::err);
            assertTrue(client.err().contains("permission denied"), client::err);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void failingOutputEndsTheRun(int writes) throws Exception {
        FailingOutput full = new FailingOutput(writes);
        try (RunningLauncher server = echo()) {
            String[] args = args(server.port(), "-i 10ms --format=json");
            try (RunningLauncher client =
                    RunningLauncher.start(new TcpClientLauncher(), full, args)) {
                assertEquals(2, client.status());
                assertEquals("tcp-client: " + FailingOutput.ERROR + "\n", client.err());
            }
        }
    }

    @Test
    void interruptPrintsFiguresAndThresholdsAndExitsWith130() throws Exception {
        try (RunningLauncher server = echo();
                RunningLauncher client = tcp(server, "-i 10ms --fail-if=ok<1")) {
            client.awaitOut("exchange 3 in ");
            assertEquals(130, client.interrupt().status());
            assertEquals(1, count(client, " 0 failed, loss 0 %, "));
            assertEquals(1, count(client, "ok   ok<1: "));
        }
    }

    @Test
    void reportPrintsTheFiguresSoFar() throws Exception {
        TcpClientLauncher launcher = new TcpClientLauncher();
        try (RunningLauncher server = echo();
                RunningLauncher client =
                        RunningLauncher.start(
                                launcher, args(server.port(), "-i 10ms --format=json"))) {
            client.awaitOut("\"number\":2,");
            launcher.report();
            String line = client.awaitErr("/s in ");
            assertTrue(line.matches("tcp-client: \\d+ ok, 0 failed, loss 0 %, .+"), line);
            assertEquals(130, client.interrupt().status());
            assertTrue(Events.parse(client.out()).size() >= 4, client::out);
        }
    }

    @Test
    void interruptEndsTheWaitForAPipeWithoutAWriter(@TempDir Path folder) throws Exception {
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        try (RunningLauncher client =
                RunningLauncher.start(
                        new TcpClientLauncher(), "--file", fifo.toString(), "127.0.0.1")) {
            assertEquals(130, client.interrupt().status());
            assertEquals("", client.out());
            assertEquals(
                    "tcp-client: --file: read " + fifo + " failed: interrupted\n", client.err());
        }
    }

    @Test
    void stampReportsLossByDirection() throws Exception {
        try (RunningLauncher server =
                        RunningLauncher.start(
                                new UdpServerLauncher(), "--service=stamp", "127.0.0.1", "0");
                RunningLauncher client =
                        RunningLauncher.start(
                                new UdpClientLauncher(),
                                "--service=stamp",
                                "-c3",
                                "127.0.0.1",
                                server.port())) {
            assertEquals(0, client.status(), client::err);
            assertEquals(3, count(client, "44 B from 127.0.0.1:"));
            assertEquals(1, count(client, "stamp up    0 lost, jitter "));
            assertEquals(1, count(client, "stamp down  0 lost, jitter "));
        }
    }
}
