package net.launcher;

import net.client.connect.ClientConfig;
import net.launcher.client.RunOptions;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.protocol.Transport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** {@code udp-client}. */
public final class UdpClientLauncher extends ClientLauncher {
    public static void main(String... args) {
        Program.exit(new UdpClientLauncher(), args);
    }

    @Override
    public String name() {
        return "udp-client";
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        Command command =
                new Command(
                                name(),
                                "Sends a UDP server one datagram or many, and measures what comes"
                                    + " back. Unless told otherwise it sends one to which there is"
                                    + " no answer, and fails where the network says within "
                                        + ClientConfig.UDP_REFUSAL_WAIT.toMillis()
                                        + " ms that nobody listens.")
                        .endpoint("Where to send");
        return RunOptions.add(Transport.UDP, command)
                .client(
                        "Each datagram was answered, or sent and not heard to be refused; or"
                                + " nothing of --fail-if holds.",
                        "name not found, refused, unreachable, no answer in time.",
                        "  udp-client                          to localhost:8888",
                        "  udp-client -m 'hello there' [::1]:9000",
                        "  udp-client --format json example.org 9000",
                        "  udp-client --service echo -i 1s host 9000",
                        "                         round trips until Ctrl-C, as ping shows them",
                        "  udp-client --service echo -i 10ms -t 10s --fail-if 'loss>1%' host 9000",
                        "                         by the clock, with an exit status for scripts",
                        "  udp-client --service stamp --rate 50 -t 1m --format json host 862",
                        "                         loss on the way there and back (RFC 8762)",
                        "  udp-client --service echo --bulk --rate 5000 -s 1400 -t 10s host 9000",
                        "                         how much goes through, with a line a second",
                        "  udp-client --service pipe --lines host 514 < messages.txt",
                        "                         each line a datagram, and each answer a line")
                .run(this::exchange, out, err, args);
    }

    private int exchange(Invocation invocation) throws IOException {
        return exchange(Transport.UDP, invocation);
    }
}
