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
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers of several services in one process. */
class ServicesIT {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    private static String[] operands(List<String> services) {
        return services.stream().map(service -> service + "=127.0.0.1:0").toArray(String[]::new);
    }

    private static void use(String transport, String service, int port) {
        ProcessResult ended =
                ProcessCommand.of(transport + "-client", "--service", service, "--timeout", "20s")
                        .with("127.0.0.1:" + port)
                        .with(service.equals("chargen") ? "--bytes=740" : "--format=text")
                        .run();
        assertEquals(0, ended.status(), ended::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, greet receive echo discard chargen",
        "tcp, discard greet",
        "udp, receive echo discard stamp",
        "udp, stamp receive"
    })
    void eachServiceIsServedAndNamedInJson(String transport, String names) {
        List<String> services = List.of(names.split(" "));
        String[] operands = operands(services);
        try (RunningProcess server =
                ProcessCommand.of(transport + "-server", "--format", "json")
                        .with(operands)
                        .start()) {
            List<Integer> ports = ServicePorts.of(server, services.size());
            for (int i = 0; i < services.size(); i++) {
                use(transport, services.get(i), ports.get(i));
            }
            int messages = services.contains("greet") && services.contains("receive") ? 2 : 1;
            server.awaitTotals(messages + " message" + (messages == 1 ? "" : "s") + " from ");
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status(), ended::err);
            EventList events = EventList.of(ended.out());
            List<String> listening = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (JsonNode event : events.named("listening")) {
                listening.add(event.get("service").asText() + " " + event.get("local").asText());
            }
            for (int i = 0; i < services.size(); i++) {
                expected.add(services.get(i) + " 127.0.0.1:" + ports.get(i));
            }
            assertEquals(expected, listening);
            for (JsonNode event : events.named("message")) {
                int index = services.indexOf(event.get("service").asText());
                assertEquals("127.0.0.1:" + ports.get(index), event.get("local").asText());
            }
            assertCounts(events, services, messages);
        }
    }

    private static void assertCounts(EventList events, List<String> services, int messages) {
        JsonNode counts = events.summary().get("services");
        List<String> names = new ArrayList<>();
        counts.fieldNames().forEachRemaining(names::add);
        assertEquals(services, names);
        assertEquals(messages, events.named("message").size());
        assertEquals(messages, events.total("messages"));
        for (String counter : List.of("accepted", "messages", "bytes_received", "bytes_sent")) {
            long sum = 0;
            for (JsonNode service : counts) {
                sum += service.get(counter).asLong();
            }
            assertEquals(sum, events.total(counter), counter);
        }
        for (String service : services) {
            assertEquals(1, counts.get(service).get("accepted").asInt(), service);
            boolean isRecorded = service.equals("greet") || service.equals("receive");
            assertEquals(isRecorded ? 1 : 0, counts.get(service).get("messages").asInt(), service);
        }
    }

    @Test
    void textCountsByServiceAndInTotal() {
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", operands(List.of("greet", "echo"))).start()) {
            List<Integer> ports = ServicePorts.of(server, 2);
            use("tcp", "greet", ports.get(0));
            use("tcp", "echo", ports.get(1));
            server.awaitTotals("1 message from 2 connections, ");
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("hello sever!\n", ended.out());
            List<String> lines = ended.err().lines().toList();
            int last = lines.size() - 1;
            String greet =
                    "tcp-server: greet: 1 message from 1 connection, 12 B received, 13 B sent";
            assertTrue(lines.get(last - 2).startsWith(greet + ", "), ended::err);
            String echo = "tcp-server: echo: 0 messages from 1 connection, ";
            assertTrue(lines.get(last - 1).startsWith(echo), ended::err);
            String total = "tcp-server: 1 message from 2 connections, ";
            assertTrue(lines.get(last).startsWith(total), ended::err);
        }
    }

    @Test
    void endpointsOfAServiceBelongTogether() {
        String[] args = {"echo=127.0.0.1", "discard=127.0.0.1", "127.0.0.2", "echo=127.0.0.2", "0"};
        try (RunningProcess server =
                ProcessCommand.of("tcp-server", "--service=receive", "--format=json")
                        .with(args)
                        .start()) {
            List<Integer> ports = ServicePorts.of(server, 4);
            assertEquals(ports.get(0), ports.get(1), "one port for a service");
            List<String> names = new ArrayList<>();
            for (JsonNode event :
                    EventList.of(server.signal("TERM").end().out()).named("listening")) {
                String local = event.get("local").asText();
                names.add(event.get("service").asText() + " " + local.replaceFirst(":.*", ""));
            }
            assertEquals(
                    List.of(
                            "echo 127.0.0.1",
                            "echo 127.0.0.2",
                            "discard 127.0.0.1",
                            "receive 127.0.0.2"),
                    names);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo=127.0.0.1:0 discard=%s", "discard=%s echo=127.0.0.1:0"})
    void portInUseEndsTheStartOfAll(String operands) throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, LOOPBACK);
                DatagramSocket udp = new DatagramSocket(0, LOOPBACK)) {
            assertInUse("tcp-server", operands, tcp.getLocalPort());
            assertInUse("udp-server", operands, udp.getLocalPort());
        }
    }

    private static void assertInUse(String launcher, String operands, int port) {
        String used = "127.0.0.1:" + port;
        String[] args = operands.formatted(used).split(" ");
        ProcessResult ended = ProcessCommand.of(launcher, "--format=json").with(args).run();
        assertEquals(2, ended.status(), ended::err);
        assertEquals("", ended.out());
        String message = ": listen on " + used + " failed: address already in use\n";
        assertEquals(launcher + message, ended.err());
    }

    @ParameterizedTest
    @CsvSource({"tcp-server, :9", "udp-server, 127.0.0.1:9"})
    void overlappingEndpointsOfServicesAreNamed(String launcher, String other) {
        ProcessResult ended =
                ProcessCommand.of(launcher, "discard=127.0.0.1:9", "echo=" + other).run();
        assertEquals(2, ended.status());
        assertEquals(
                launcher
                        + ": services must have different ports or addresses: discard=127.0.0.1:9"
                        + " echo="
                        + other
                        + " (see "
                        + launcher
                        + " --help)\n",
                ended.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp | --output log echo=:7 | --output requires --service greet or receive, or"
                        + " --format json",
                "tcp | --output log --format raw echo=:7 | --output requires --service greet or"
                        + " receive, or --format json",
                "tcp | --sync discard=:9 chargen=:19 | --sync requires --service greet or receive",
                "tcp | --format raw --service echo | --format raw requires --service greet or"
                        + " receive",
                "udp | --output log stamp=:862 | --output requires --service receive, or --format"
                        + " json",
                "udp | --sync echo=:7 discard=:9 | --sync requires --service receive",
                "udp | --format raw echo=:7 | --format raw requires --service receive"
            })
    void optionsForRecordsNeedAServiceThatRecords(String transport, String args, String message) {
        String launcher = transport + "-server";
        ProcessResult ended = ProcessCommand.of(launcher).with(args.split(" ")).run();
        String printed = launcher + ": " + message + " (see " + launcher + " --help)\n";
        assertEquals(new ProcessResult(2, "", printed), ended);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, --sync --format raw echo=127.0.0.1:0 receive=127.0.0.1:0, 0",
        "udp, --sync --format raw receive=127.0.0.1:0 stamp=127.0.0.1:0, 0",
        "tcp, --format json echo=127.0.0.1:0, 2",
        "udp, --format json stamp=127.0.0.1:0, 2"
    })
    void outputHasTheResultsOfTheServicesThatHaveSome(
            String transport, String args, int lines, @TempDir Path folder) throws IOException {
        Path log = folder.resolve("log");
        try (RunningProcess server =
                ProcessCommand.of(transport + "-server", "--output", log.toString())
                        .with(args.split(" "))
                        .start()) {
            server.awaitErr("listening on ");
            assertEquals(0, server.signal("TERM").end().status());
            assertEquals(lines, Files.readAllLines(log).size());
        }
    }

    @Test
    void unknownServiceIsAnsweredWithTheClosest() {
        ProcessResult ended = ProcessCommand.of("udp-server", "stamp=:862", "ecko=:7").run();
        assertEquals(2, ended.status());
        assertEquals(
                "udp-server: service must be receive, echo, discard or stamp: ecko=:7; did you mean"
                        + " echo? (see udp-server --help)\n",
                ended.err());
    }
}
