package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Run;
import net.client.TcpClient;
import net.client.connect.ClientConfig;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ServerListener;
import net.server.TcpServer;
import net.server.TcpServerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

/** The sample of README, and a run against a server in the same JVM. */
@Timeout(60)
class RunSampleTest {
    @Test
    void sampleMeasuresARun() throws IOException {
        RunResult result = measure();
        assertEquals(2000, result.ok());
        assertTrue(result.time().p99().isPresent());
    }

    @Test
    void samplesOfReadmeRun() throws IOException {
        serve();
    }

    void serve() throws IOException {
        ServerListener listener = received -> System.out.println(received.message().text());
        try (TcpServer server = TcpServer.start(new Endpoint("localhost", 0), listener)) {
            greet(server.endpoint());
        }
    }

    void greet(Endpoint server) throws IOException {
        TcpClient client = new TcpClient(ClientConfig.of(server));
        Exchange exchange = client.greet(Message.of("hello"));
        System.out.println(exchange.answer().text().orElse("not text"));
    }

    RunResult measure() throws IOException {
        Endpoint any = Endpoint.parse("127.0.0.1:0", 0);
        TcpServerConfig echo = TcpServerConfig.of(any, Service.ECHO);
        try (TcpServer server = TcpServer.start(echo, message -> {})) {
            ClientConfig client = ClientConfig.of(server.endpoint());
            RunConfig run = RunConfig.of(Transport.TCP, Service.ECHO, client);
            RunConfig config = run.toBuilder().parallel(8).rate(1000).count(2000).build();
            return new Run(config, RunListener.NONE).run();
        }
    }
}
