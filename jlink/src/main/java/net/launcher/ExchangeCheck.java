package net.launcher;

import net.launcher.SelfTestReport.CheckException;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A check of {@code selftest}: a server's and a client's {@code run}, as users start them. */
final class ExchangeCheck {
    /** No step of an exchange on one machine takes longer, unless it has failed. */
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(5);

    private final Transport transport;
    private final String host;
    private final Format format;
    private final Capture serverOut = new Capture();
    private final Capture serverErr = new Capture();
    private final Capture clientOut = new Capture();
    private final Capture clientErr = new Capture();

    ExchangeCheck(Transport transport, String host, Format format) {
        this.transport = transport;
        this.host = host;
        this.format = format;
    }

    /** Runs one exchange, and returns how long the client took. */
    Duration run() throws CheckException, InterruptedException {
        FutureTask<Integer> server = new FutureTask<>(this::server);
        Thread thread = Thread.ofPlatform().daemon().name("selftest server").start(server);
        Duration time;
        try {
            String ready = await(serverErr, "listening on ", "server not ready");
            time = client(ready.substring(ready.lastIndexOf(':') + 1), Exit.OK);
            await(serverOut, Protocol.CLIENT_GREETING, "message not recorded");
        } finally {
            thread.interrupt();
        }
        require(status(server) == Exit.OK, "server failed", serverErr);
        require(isServerRight(serverOut.text()), "server wrote", serverOut);
        require(isClientRight(clientOut.text()), "client wrote", clientOut);
        return time;
    }

    /** Asks where nobody listens, and returns how long it took to know. */
    Duration runRefused() throws CheckException, InterruptedException {
        // Bound, so that nobody else takes the port, but not listening.
        try (SocketChannel holder = SocketChannel.open()) {
            holder.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
            int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
            Duration time = client(Integer.toString(port), Exit.NETWORK);
            require(clientErr.text().contains("connection refused"), "client wrote", clientErr);
            return time;
        } catch (IOException e) {
            throw new CheckException("no free port: " + e.getMessage());
        }
    }

    private int server() {
        String[] args = {"--format", format.toString(), host, "0"};
        try (serverOut;
                PrintStream err = stream(serverErr)) {
            return switch (transport) {
                case TCP -> new TcpServerLauncher().run(serverOut, err, args);
                case UDP -> new UdpServerLauncher().run(serverOut, err, args);
            };
        }
    }

    private Duration client(String port, int expectedStatus)
            throws CheckException, InterruptedException {
        String[] args = {"--format", format.toString(), host, port};
        PrintStream err = stream(clientErr);
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

    private static PrintStream stream(Capture capture) {
        return new PrintStream(capture, true, StandardCharsets.UTF_8);
    }

    private static int status(FutureTask<Integer> server)
            throws CheckException, InterruptedException {
        try {
            return server.get(STEP_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CheckException("server did not end: " + e);
        }
    }

    private boolean isServerRight(String text) {
        return switch (format) {
            case TEXT ->
                    transport == Transport.TCP
                            ? text.equals(Protocol.CLIENT_GREETING + "\n")
                            : text.startsWith("received: " + Protocol.CLIENT_GREETING + " from ");
            case JSON ->
                    text.startsWith("{\"event\":\"listening\"")
                            && text.contains("\"text\":\"" + Protocol.CLIENT_GREETING + "\"")
                            && text.contains("{\"event\":\"summary\"");
        };
    }

    private boolean isClientRight(String text) {
        String answer = transport == Transport.TCP ? Protocol.SERVER_GREETING : "";
        return switch (format) {
            case TEXT -> text.equals(answer.isEmpty() ? "" : answer + "\n");
            case JSON -> text.contains(answer) && text.contains("{\"event\":\"summary\"");
        };
    }

    private static String await(Capture capture, String part, String problem)
            throws CheckException, InterruptedException {
        return capture.await(part, STEP_TIMEOUT)
                .orElseThrow(() -> new CheckException(problem + ": " + capture.text().strip()));
    }

    private static void require(boolean holds, String problem, Capture evidence)
            throws CheckException {
        if (!holds) {
            throw new CheckException(problem + ": " + evidence.text().strip());
        }
    }
}
