package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The UDP services with third-party clients. */
class ForeignUdpIT {
    private static final String HELLO = "hello sever!";

    private static RunningProcess serve(String service) {
        return ProcessCommand.of("udp-server", "--service", service, "127.0.0.1", "0").start();
    }

    private static void send(RunningProcess client, byte[] datagram) throws IOException {
        OutputStream keys = client.process().getOutputStream();
        keys.write(datagram);
        keys.flush();
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void receiveRecordsADatagram(ThirdPartyClient tool) throws IOException {
        tool.need();
        try (RunningProcess server = serve("receive");
                RunningProcess client =
                        ProcessCommand.sh("exec " + tool.udp(server.port())).start()) {
            send(client, HELLO.getBytes(StandardCharsets.US_ASCII));
            String line = server.awaitOut("received");
            assertTrue(line.startsWith("received: hello sever! from 127.0.0.1:"), line);
        }
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void echoReturnsDatagrams(ThirdPartyClient tool) throws IOException {
        tool.need();
        try (RunningProcess server = serve("echo");
                RunningProcess client =
                        ProcessCommand.sh("exec " + tool.udp(server.port())).start()) {
            for (String line : new String[] {"first", "second", "x".repeat(1000)}) {
                send(client, (line + "\n").getBytes(StandardCharsets.US_ASCII));
                assertEquals(line, client.awaitOut(line));
            }
            ProcessResult ended = server.signal("TERM").end();
            assertTrue(ended.err().contains(" from 3 datagrams, 1014 B received, 1014 B sent, "));
        }
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void discardDropsADatagram(ThirdPartyClient tool) throws IOException {
        tool.need();
        try (RunningProcess server = serve("discard");
                RunningProcess client =
                        ProcessCommand.sh("exec " + tool.udp(server.port())).start()) {
            send(client, HELLO.getBytes(StandardCharsets.US_ASCII));
            Await.holds(
                    "received",
                    () -> server.signal("USR1").errLines().getLast().contains(" 12 B received, "));
            ProcessResult ended = server.signal("TERM").end();
            assertTrue(ended.err().contains(" from 1 datagram, 12 B received, 0 B sent, "));
        }
    }

    /** RFC 8762, section 4.3.1. */
    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void stampReflectsATestPacket(ThirdPartyClient tool) throws IOException {
        tool.need();
        byte[] packet = new byte[44];
        packet[3] = 7;
        try (RunningProcess server = serve("stamp")) {
            String script = tool.udp(server.port()) + " | head -c 44 | od -An -v -w4 -tx1";
            try (RunningProcess client = ProcessCommand.sh(script).start()) {
                send(client, packet);
                client.awaitOut(lines -> lines.size() == 11);
                assertEquals(" 00 00 00 00", client.awaitOut(" 00 00 00 00"));
                assertEquals(" 00 00 00 07", client.awaitOut(" 00 00 00 07"));
            }
            assertEquals(0, server.signal("TERM").end().status());
        }
    }
}
