package net.launcher;

import net.client.TcpClient;
import net.launcher.command.Command;
import net.protocol.Transport;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/** {@code tcp-client}. */
final class TcpClientLauncher implements Launcher {
    public static void main(String... args) {
        Program.exit(new TcpClientLauncher(), args);
    }

    @Override
    public String name() {
        return "tcp-client";
    }

    @Override
    public Duration grace() {
        return Duration.ZERO;
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        ClientRun client =
                new ClientRun(
                        Transport.TCP, (config, message) -> new TcpClient(config).greet(message));
        return new Command(
                        name(),
                        "Sends one message to a TCP server, prints its greeting as a line, and"
                                + " succeeds when the server has closed in order, its receipt.")
                .endpoint("Where to connect")
                .message()
                .timeout("The time for the whole exchange")
                .connectTimeout()
                .client(
                        "The exchange succeeded as a whole.",
                        "name not found, refused, timed out, reset, no receipt.",
                        "  tcp-client                          to localhost:8888",
                        "  tcp-client -m 'hello there' [::1]:9000",
                        "  tcp-client --format json --timeout 500ms example.org 9000")
                .run(client::run, out, err, args);
    }
}
