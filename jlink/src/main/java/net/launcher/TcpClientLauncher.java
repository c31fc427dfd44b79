package net.launcher;

import net.launcher.client.RunOptions;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.protocol.Transport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** {@code tcp-client}. */
public final class TcpClientLauncher extends ClientLauncher {
    public static void main(String... args) {
        Program.exit(new TcpClientLauncher(), args);
    }

    @Override
    public String name() {
        return "tcp-client";
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        Command command =
                new Command(
                                name(),
                                "Asks a TCP server for one exchange or many, and measures them."
                                    + " Unless told otherwise it sends one message, prints the"
                                    + " server's greeting as a line, and succeeds when the server"
                                    + " has closed in order, its receipt.")
                        .endpoint("Where to connect");
        return RunOptions.add(Transport.TCP, command)
                .client(
                        "Each exchange succeeded as a whole, or nothing of --fail-if holds.",
                        "name not found, refused, timed out, reset, no receipt.",
                        "  tcp-client                          to localhost:8888",
                        "  tcp-client -m 'hello there' [::1]:9000",
                        "  tcp-client --format json --timeout 500ms example.org 9000",
                        "  tcp-client --service echo -c 1000 host 9000",
                        "                         round trips on one connection, one by one",
                        "  tcp-client --service echo --rate 500 -t 10s --fail-if 'p99>20ms' host",
                        "                         by the clock, with an exit status for scripts",
                        "  tcp-client --service echo -P 64 --rate max -t 10s --quiet host 9000",
                        "                         as many as the server answers",
                        "  tcp-client --service receive --file lines.txt host 9000",
                        "  tcp-client --service discard -P 4 --fail-if 'up<900M' host 9000",
                        "                         how much goes through: discard up, chargen down,",
                        "                         echo --bulk both ways at once",
                        "  tcp-client --service pipe host 9000 < file > answer",
                        "                         any bytes there and back, as nc does")
                .run(this::exchange, out, err, args);
    }

    private int exchange(Invocation invocation) throws IOException {
        return exchange(Transport.TCP, invocation);
    }
}
