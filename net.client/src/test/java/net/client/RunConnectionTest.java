package net.client;

import static net.client.ScriptedServer.GREETING;
import static net.client.ScriptedServer.PATIENCE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Tests when a run reports its connection. */
@Timeout(60)
class RunConnectionTest {
    private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");
    private static final ClientConfig NAMED =
            ClientConfig.builder(new Endpoint("several.invalid", 8888))
                    .timeout(PATIENCE)
                    .connectTimeout(PATIENCE)
                    .build();

    private final List<String> order = new ArrayList<>();
    private final List<ConnectionInfo> connections = new ArrayList<>();
    private final RecordingRunListener recorded =
            new RecordingRunListener() {
                @Override
                public void onConnection(ConnectionInfo connection) {
                    order.add("connection");
                    connections.add(connection);
                }

                @Override
                public void onExchange(Exchange exchange) throws IOException {
                    super.onExchange(exchange);
                    order.add("exchange");
                }

                @Override
                public void onFailure(OptionalLong number, ExchangeException failure)
                        throws IOException {
                    super.onFailure(number, failure);
                    order.add("failure");
                }
            };

    private static RunConfig.Builder run(Transport transport, Service service) {
        return RunConfig.builder(transport, service, NAMED);
    }

    private RunResult result(RunConfig.Builder run, InetSocketAddress... peers) throws IOException {
        return new Run(run.build(), recorded, _ -> List.of(peers)).run();
    }

    private static OpenServer greeting() throws IOException {
        return OpenServer.running(
                peer -> {
                    peer.write(GREETING);
                    peer.readAll();
                });
    }

    /** Echoes datagrams until closed. */
    private static DatagramSocket udpEcho() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, V4);
        Thread.ofPlatform().daemon().name("udp echo").start(() -> echo(socket));
        return socket;
    }

    private static void echo(DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                socket.receive(packet);
                socket.send(packet);
                packet.setLength(2048);
            }
        } catch (IOException expected) {
            // Closed at the end of the test.
        }
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Test
    void reportsTcpConnectionOnceBeforeFirstExchange() throws IOException {
        try (Loopback refusing = Loopback.refusingTcp();
                OpenServer server = greeting()) {
            result(
                    run(Transport.TCP, Service.GREET).count(3),
                    refusing.address(),
                    server.address());
            assertEquals(List.of("connection", "exchange", "exchange", "exchange"), order);
            ConnectionInfo info = connections.getFirst();
            assertEquals(server.address(), info.peer());
            assertEquals(recorded.exchanges.getFirst().local(), info.local());
            assertEquals(recorded.exchanges.getFirst().connect(), info.duration());
            assertTrue(info.receiveBufferBytes() > 0 && info.sendBufferBytes() > 0);
            assertEquals(1, info.failures().size());
            assertEquals(Kind.REFUSED, info.failures().getFirst().kind());
            assertEquals(
                    "connect to 127.0.0.1:" + refusing.port() + " failed: connection refused",
                    info.failures().getFirst().getMessage());
        }
    }

    @Test
    void reportsUdpSocketOnceBeforeFirstExchange() throws IOException {
        try (Loopback refusing = Loopback.refusingUdp();
                DatagramSocket server = udpEcho()) {
            result(run(Transport.UDP, Service.ECHO).count(3), refusing.address(), address(server));
            assertEquals(List.of("connection", "exchange", "exchange", "exchange"), order);
            ConnectionInfo info = connections.getFirst();
            assertEquals(address(server), info.peer());
            assertEquals(recorded.exchanges.getFirst().local(), info.local());
            assertEquals(Optional.empty(), info.duration());
            assertEquals(
                    List.of("send to 127.0.0.1:" + refusing.port() + " failed: connection refused"),
                    info.failures().stream().map(Throwable::getMessage).toList());
        }
    }

    /** Each flow connects on its own, to the same address. */
    @ParameterizedTest
    @EnumSource(Transport.class)
    void reportsSameAddressOfSeveralSocketsOnce(Transport transport) throws IOException {
        try (Loopback refusing = Loopback.refusingTcp();
                OpenServer server = OpenServer.echoing();
                Loopback refusingUdp = Loopback.refusingUdp();
                DatagramSocket udp = udpEcho()) {
            boolean isTcp = transport == Transport.TCP;
            RunResult result =
                    result(
                            run(transport, Service.ECHO).count(6).parallel(3).rate(50),
                            isTcp ? refusing.address() : refusingUdp.address(),
                            isTcp ? server.address() : address(udp));
            assertEquals(6, result.ok());
            assertEquals(1, connections.size(), connections::toString);
            assertEquals("connection", order.getFirst());
        }
    }

    /** The first connection established is not the first that gets an answer. */
    @Test
    void reportsConnectionBeforeExchangesOfAnyConnection() throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        try (OpenServer server =
                OpenServer.running(
                        peer -> {
                            byte[] question = peer.read(12);
                            if (peer.index == 0) {
                                answered.await();
                            }
                            peer.write(question);
                            answered.countDown();
                            peer.echo();
                        })) {
            result(run(Transport.TCP, Service.ECHO).count(2).parallel(2), server.address());
            assertEquals(List.of("connection", "exchange", "exchange"), order);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void reportsConnectionOfWarmUp(Transport transport) throws IOException {
        try (OpenServer server = OpenServer.echoing();
                DatagramSocket udp = udpEcho()) {
            InetSocketAddress peer = transport == Transport.TCP ? server.address() : address(udp);
            result(run(transport, Service.ECHO).count(1).warmup(1), peer);
            assertEquals(List.of("connection", "exchange"), order);
            assertEquals(List.of(), connections.getFirst().failures());
        }
    }

    @Test
    void reportsConnectionOfFailedExchange() throws IOException {
        try (Loopback refusing = Loopback.refusingTcp();
                OpenServer closing = OpenServer.running(OpenServer.Peer::readAll)) {
            result(run(Transport.TCP, Service.GREET), refusing.address(), closing.address());
            assertEquals(List.of("connection", "failure"), order);
            assertEquals(List.of(Kind.CLOSED), recorded.kinds());
            assertEquals(closing.address(), connections.getFirst().peer());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void reportsNothingIfNoAddressConnects(Transport transport) throws IOException {
        try (Loopback first = Loopback.refusingTcp();
                Loopback second = Loopback.refusingTcp();
                Loopback firstUdp = Loopback.refusingUdp();
                Loopback secondUdp = Loopback.refusingUdp()) {
            boolean isTcp = transport == Transport.TCP;
            result(
                    run(transport, Service.ECHO),
                    (isTcp ? first : firstUdp).address(),
                    (isTcp ? second : secondUdp).address());
            assertEquals(List.of("failure"), order);
            assertEquals(List.of(Kind.REFUSED), recorded.kinds());
        }
    }

    @Test
    void reportsNewAddressWithFailureOfPrevious() throws Exception {
        try (ServerSocket once = new ServerSocket(0, 16, V4);
                OpenServer server = greeting()) {
            FutureTask<Void> run = new FutureTask<>(() -> greetOnce(once));
            Thread.ofPlatform().daemon().name("greets once").start(run);
            InetSocketAddress first = (InetSocketAddress) once.getLocalSocketAddress();
            result(run(Transport.TCP, Service.GREET).count(4), first, server.address());
            run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertEquals(
                    List.of(
                            "connection",
                            "exchange",
                            "connection",
                            "exchange",
                            "exchange",
                            "exchange"),
                    order);
            assertEquals(
                    List.of(first, server.address()),
                    connections.stream().map(ConnectionInfo::peer).toList());
            assertEquals(List.of(), connections.getFirst().failures());
            assertEquals(
                    List.of(
                            "connect to 127.0.0.1:"
                                    + first.getPort()
                                    + " failed: connection refused"),
                    connections.getLast().failures().stream().map(Throwable::getMessage).toList());
            assertEquals(3, server.accepted());
        }
    }

    /** Stops listening before the client gets its receipt. */
    private static Void greetOnce(ServerSocket listener) throws IOException {
        try (Socket peer = listener.accept()) {
            listener.close();
            ScriptedServer.write(peer, GREETING);
            peer.getInputStream().readAllBytes();
        }
        return null;
    }

    /** The first connection takes 250 ms; later ones do not. */
    @Test
    void laterConnectionsSkipFailedFirstAddress() throws IOException {
        try (Loopback full = Loopback.fullTcp();
                OpenServer server = greeting()) {
            result(run(Transport.TCP, Service.GREET).count(20), full.address(), server.address());
            assertEquals(20, recorded.exchanges.size());
            long waited =
                    recorded.exchanges.stream()
                            .filter(made -> made.connect().orElseThrow().toMillis() >= 250)
                            .count();
            assertTrue(recorded.exchanges.getFirst().connect().orElseThrow().toMillis() >= 250);
            // On a loaded machine some may take as long, but not all of them.
            assertTrue(waited < 20, () -> waited + " of 20 waited");
        }
    }

    @Test
    void secondUdpFlowStartsWithWorkingAddress() throws IOException {
        try (Loopback refusing = Loopback.refusingUdp();
                DatagramSocket server = udpEcho()) {
            RunResult result =
                    result(
                            run(Transport.UDP, Service.ECHO).count(2).parallel(2).rate(5),
                            refusing.address(),
                            address(server));
            assertEquals(2, result.ok());
            assertEquals(1, connections.size());
            assertEquals(
                    List.of(address(server), address(server)),
                    recorded.exchanges.stream().map(Exchange::peer).toList());
        }
    }
}
