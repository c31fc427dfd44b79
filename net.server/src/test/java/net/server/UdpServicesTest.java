package net.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** Echo (RFC 862), discard (RFC 863) and receive over UDP. */
class UdpServicesTest {
    private final ListenerLog listener = new ListenerLog();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 65_506, 65_507})
    void echoReturnsTheDatagram(int length) throws Exception {
        byte[] payload = Loopback.bytes(length);
        UdpServer server = start(Service.ECHO);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(payload, server.local());
            assertArrayEquals(payload, sender.receive());
            sender.assertSilence();
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(1, 0, Map.of(), 0, length, length, 0, 0, Map.of(), stats.uptime()),
                stats);
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @Test
    void echoAnswersEachSender() throws Exception {
        try (UdpServer server = start(Service.ECHO);
                Sender first = new Sender("127.0.0.1");
                Sender second = new Sender("127.0.0.2")) {
            first.send("longer than the other one", server.local());
            second.send("other", server.local());
            second.assertReceives("other");
            first.assertReceives("longer than the other one");
        }
    }

    @Test
    void echoOverIpv6() throws Exception {
        UdpServerConfig config = UdpServerConfig.of(Loopback.ipv6(), Service.ECHO);
        try (UdpServer server = UdpServer.start(config, listener);
                Sender sender = new Sender("::1")) {
            sender.send("hello sever!", server.local());
            sender.assertReceives("hello sever!");
        }
    }

    @Test
    void echoOnAllAddressesAnswers() throws Exception {
        UdpServerConfig config =
                UdpServerConfig.of(new Endpoint(Endpoint.ANY_HOST, 0), Service.ECHO);
        try (UdpServer server = UdpServer.start(config, listener);
                Sender sender = new Sender("127.0.0.1")) {
            InetAddress asked = InetAddress.ofLiteral("127.0.0.1");
            sender.send("hello sever!", new InetSocketAddress(asked, server.local().getPort()));
            sender.assertReceives("hello sever!");
        }
    }

    @Test
    void discardOnlyCounts() throws Exception {
        UdpServer server = start(Service.DISCARD);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            sender.send("", server.local());
            sender.send(Loopback.bytes(2000), server.local());
            sender.assertSilence();
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(3, 0, Map.of(), 0, 2012, 0, 0, 0, Map.of(), stats.uptime()), stats);
        listener.assertNoMessage();
        listener.assertNoFailure();
    }

    @Test
    void receiveRecordsWithoutAnswer() throws Exception {
        UdpServer server = start(Service.RECEIVE);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("one\ntwo\n", server.local());
            ReceivedMessage message = listener.message();
            assertEquals(Message.of("one\ntwo\n"), message.message());
            assertEquals(sender.address(), message.peer());
            sender.assertSilence();
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(1, 0, Map.of(), 1, 8, 0, 0, 0, Map.of(), stats.uptime()), stats);
    }

    private UdpServer start(Service service) throws Exception {
        UdpServerConfig config = UdpServerConfig.of(Loopback.ENDPOINT, service);
        return UdpServer.start(config, listener);
    }
}
