package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.UTF_8;

import net.client.connect.ClientConfig;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** The samples of the documentation. */
@Timeout(60)
class ClientSampleTest {
    @Test
    void moduleSampleWorks() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofPlatform().daemon().name("greeter").start(() -> greetAll(server));
            Endpoint endpoint = Endpoint.of((InetSocketAddress) server.getLocalSocketAddress());
            ClientConfig client = ClientConfig.of(endpoint);
            Exchange one = new TcpClient(client).greet(Message.of("hello sever!"));
            RunConfig config =
                    RunConfig.builder(Transport.TCP, Service.GREET, client).count(200).build();
            RunResult many = new Run(config, RunListener.NONE).run();
            System.out.println(one.duration() + ", then p99 " + many.time().p99() + " ns");
            assertEquals("hello client!", one.answer().text().orElse("?"));
            assertEquals(200, many.ok());
        }
    }

    @Test
    void tcpSampleCompiles() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofPlatform().daemon().name("greeter").start(() -> greetAll(server));
            Endpoint endpoint = Endpoint.of((InetSocketAddress) server.getLocalSocketAddress());
            // @start region="tcp"
            TcpClient client = new TcpClient(ClientConfig.of(endpoint));
            Exchange exchange = client.greet(Message.of("hello sever!"));
            System.out.println(exchange.answer().text().orElse("not text"));
            System.out.println(exchange.duration());
            // @end
            assertEquals(12, exchange.bytesSent());
        }
    }

    @Test
    void udpSampleCompiles() throws IOException {
        try (AnsweringServer server = AnsweringServer.running(List::of)) {
            Endpoint endpoint = Endpoint.of(server.address());
            // @start region="udp"
            UdpClient client = new UdpClient(ClientConfig.of(endpoint));
            Exchange exchange = client.echo(Message.of("ping"));
            System.out.println(exchange.peer() + " answered in " + exchange.duration());
            // @end
            assertEquals(Message.of("ping"), exchange.answer());
        }
    }

    private static void greetAll(ServerSocket server) {
        while (true) {
            try (Socket peer = server.accept()) {
                peer.getOutputStream().write("hello client!".getBytes(UTF_8));
                peer.getInputStream().readAllBytes();
            } catch (IOException expected) {
                return; // The test is over.
            }
        }
    }
}
