package net.launcher;

import net.client.UdpClient;
import net.launcher.command.Command;
import net.protocol.Transport;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/** {@code udp-client}. */
final class UdpClientLauncher implements Launcher {
    public static void main(String... args) {
        Program.exit(new UdpClientLauncher(), args);
    }

    @Override
    public String name() {
        return "udp-client";
    }

    @Override
    public Duration grace() {
        return Duration.ZERO;
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        ClientRun client =
                new ClientRun(
                        Transport.UDP, (config, message) -> new UdpClient(config).send(message));
        return new Command(
                        name(),
                        "Sends one UDP datagram, to which there is no answer. Fails where the"
                                + " network says within "
                                + UdpClient.REFUSAL_WAIT.toMillis()
                                + " ms that nobody listens.")
                .endpoint("Where to send")
                .message()
                .timeout("The time for the whole exchange")
                .client(
                        "The datagram was sent, and nobody was heard to refuse it.",
                        "name not found, refused, unreachable.",
                        "  udp-client                          to localhost:8888",
                        "  udp-client -m 'hello there' [::1]:9000",
                        "  udp-client --format json example.org 9000")
                .run(client::run, out, err, args);
    }
}
