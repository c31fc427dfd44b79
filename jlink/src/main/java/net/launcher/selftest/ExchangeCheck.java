package net.launcher.selftest;

import net.launcher.command.Exit;
import net.launcher.output.Format;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A check of the default service: one exchange between a server and a client. */
public final class ExchangeCheck {
    private final Launchers launchers;
    private final Transport transport;
    private final String host;
    private final Format format;
    private final CheckedClient client;

    public ExchangeCheck(Launchers launchers, Transport transport, String host, Format format) {
        this.launchers = launchers;
        this.transport = transport;
        this.host = host;
        this.format = format;
        this.client = new CheckedClient(launchers, transport);
    }

    /** Runs one exchange, and returns its duration. */
    public Duration run() throws CheckException, InterruptedException {
        try (CheckedServer server =
                CheckedServer.start(
                        launchers, transport, "--format", format.toString(), host, "0")) {
            Duration time = client.run(Exit.OK, args(server.port()));
            server.awaitOut(Protocol.CLIENT_GREETING);
            String recorded = server.end();
            if (!isServerOutputRight(recorded)) {
                throw new CheckException("server wrote: " + recorded.strip());
            }
            client.require(isClientOutputRight(client.out().text()), "client wrote", client.out());
            return time;
        }
    }

    /** Connects to a server that denies the client, and returns the duration. */
    public Duration runDenied() throws CheckException, InterruptedException {
        try (CheckedServer server =
                CheckedServer.start(launchers, transport, "--deny", host, host, "0")) {
            Duration time = client.run(Exit.NETWORK, args(server.port()));
            server.awaitErr(": denied");
            server.end();
            client.require(client.out().text().isEmpty(), "client wrote", client.out());
            return time;
        }
    }

    /** Checks the port of a server that answers, and returns the duration. */
    public Duration runConnect() throws CheckException, InterruptedException {
        try (CheckedServer server =
                CheckedServer.start(
                        launchers, transport, "--service", Service.ECHO.label(), host, "0")) {
            Duration time =
                    client.run(
                            Exit.OK,
                            "--service",
                            Service.CONNECT.label(),
                            host,
                            Integer.toString(server.port()));
            server.end();
            client.require(client.out().text().contains(" open in "), "client wrote", client.out());
            return time;
        }
    }

    /** Connects to a port without a server, and returns the duration. */
    public Duration runRefused() throws CheckException, InterruptedException {
        // Bound but not listening, so that the port stays unused.
        try (SocketChannel holder = SocketChannel.open()) {
            holder.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            Duration time = client.run(Exit.NETWORK, args(port));
            client.require(
                    client.err().text().contains("connection refused"),
                    "client wrote",
                    client.err());
            return time;
        } catch (IOException e) {
            throw new CheckException("no free port: " + e.getMessage());
        }
    }

    private String[] args(int port) {
        return new String[] {"--format", format.toString(), host, Integer.toString(port)};
    }

    private boolean isServerOutputRight(String text) {
        if (format == Format.JSON) {
            return text.startsWith("{\"event\":\"listening\"")
                    && text.contains("\"text\":\"" + Protocol.CLIENT_GREETING + "\"")
                    && text.contains("{\"event\":\"summary\"");
        }
        return transport == Transport.TCP
                ? text.equals(Protocol.CLIENT_GREETING + "\n")
                : text.startsWith("received: " + Protocol.CLIENT_GREETING + " from ");
    }

    private boolean isClientOutputRight(String text) {
        String answer = transport == Transport.TCP ? Protocol.SERVER_GREETING : "";
        if (format == Format.JSON) {
            return text.contains(answer) && text.contains("{\"event\":\"summary\"");
        }
        return text.equals(answer.isEmpty() ? "" : answer + "\n");
    }
}
