package net.launcher;

import net.launcher.SelfTestReport.CheckException;
import net.launcher.command.Exit;
import net.launcher.report.Capture;
import net.launcher.report.Format;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A check of {@code selftest}: a server's and a client's {@code run}, as users start them. */
final class ExchangeCheck {
    private final Transport transport;
    private final String host;
    private final Format format;
    private final Capture clientOut = new Capture();
    private final Capture clientErr = new Capture();

    ExchangeCheck(Transport transport, String host, Format format) {
        this.transport = transport;
        this.host = host;
        this.format = format;
    }

    /** Runs one exchange, and returns how long the client took. */
    Duration run() throws CheckException, InterruptedException {
        try (CheckedServer server =
                CheckedServer.start(transport, "--format", format.toString(), host, "0")) {
            Duration time = client(server.port(), Exit.OK);
            server.awaitOut(Protocol.CLIENT_GREETING);
            String recorded = server.end();
            if (!isServerRight(recorded)) {
                throw new CheckException("server wrote: " + recorded.strip());
            }
            require(isClientRight(clientOut.text()), "client wrote", clientOut);
            return time;
        }
    }

    /** Asks a server that is not to serve this machine, and returns how long it took to know. */
    Duration runDenied() throws CheckException, InterruptedException {
        try (CheckedServer server = CheckedServer.start(transport, "--deny", host, host, "0")) {
            Duration time = client(server.port(), Exit.NETWORK);
            server.awaitErr(": denied");
            server.end();
            require(clientOut.text().isEmpty(), "client wrote", clientOut);
            return time;
        }
    }

    /** Asks where nobody listens, and returns how long it took to know. */
    Duration runRefused() throws CheckException, InterruptedException {
        // Bound, so that nobody else takes the port, but not listening.
        try (SocketChannel holder = SocketChannel.open()) {
            holder.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            Duration time = client(port, Exit.NETWORK);
            require(clientErr.text().contains("connection refused"), "client wrote", clientErr);
            return time;
        } catch (IOException e) {
            throw new CheckException("no free port: " + e.getMessage());
        }
    }

    private Duration client(int port, int expectedStatus)
            throws CheckException, InterruptedException {
        String[] args = {"--format", format.toString(), host, Integer.toString(port)};
        PrintStream err = new PrintStream(clientErr, true, StandardCharsets.UTF_8);
        long startNanos = System.nanoTime();
        int status =
                switch (transport) {
                    case TCP -> new TcpClientLauncher().run(clientOut, err, args);
                    case UDP -> new UdpClientLauncher().run(clientOut, err, args);
                };
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        if (status == Exit.INTERRUPTED) {
            throw new InterruptedException();
        }
        require(status == expectedStatus, "client exited with " + status, clientErr);
        return time;
    }

    private boolean isServerRight(String text) {
        if (format == Format.JSON) {
            return text.startsWith("{\"event\":\"listening\"")
                    && text.contains("\"text\":\"" + Protocol.CLIENT_GREETING + "\"")
                    && text.contains("{\"event\":\"summary\"");
        }
        return transport == Transport.TCP
                ? text.equals(Protocol.CLIENT_GREETING + "\n")
                : text.startsWith("received: " + Protocol.CLIENT_GREETING + " from ");
    }

    private boolean isClientRight(String text) {
        String answer = transport == Transport.TCP ? Protocol.SERVER_GREETING : "";
        if (format == Format.JSON) {
            return text.contains(answer) && text.contains("{\"event\":\"summary\"");
        }
        return text.equals(answer.isEmpty() ? "" : answer + "\n");
    }

    private static void require(boolean holds, String problem, Capture evidence)
            throws CheckException {
        if (!holds) {
            throw new CheckException(problem + ": " + evidence.text().strip());
        }
    }
}
