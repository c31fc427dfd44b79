package net.launcher.client;

import net.client.connect.ClientConfig;
import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.output.Format;
import net.protocol.Transport;

/** The command lines of {@code tcp-client} and {@code udp-client}. */
public final class ClientCommand {
    private ClientCommand() {}

    /** Returns the command line of the client of a transport. */
    public static Command of(Transport transport) {
        Command command =
                switch (transport) {
                    case TCP -> tcp();
                    case UDP -> udp();
                };
        return complete(
                transport, RunOptions.add(transport, command.endpoint("Server to connect to")));
    }

    private static Command tcp() {
        return new Command(
                        "tcp-client",
                        "Tests and measures a TCP server, by default with one message to"
                                + " localhost:8888.")
                .details(
                        "The server's greeting is printed as a line. The exchange succeeds with the"
                                + " receipt: the orderly close by the server.")
                .examples(
                        "  tcp-client -m 'hello there' host 9000",
                        "  tcp-client --service echo -c 1000 host 9000     round-trip times",
                        "  tcp-client --service discard -P 4 host 9000     bandwidth, upload",
                        "  tcp-client --service pipe host 80 < request     any bytes, like nc",
                        "  tcp-client --service echo --rate 500 -t 10s --fail-if 'p99>20ms' host",
                        "  tcp-client --service echo --load 2 host 9000    latency under load",
                        "  tcp-client --service receive --file lines.txt host 9000",
                        "  tcp-client --format json --timeout 500ms ::1 9000");
    }

    private static Command udp() {
        return new Command(
                        "udp-client",
                        "Tests and measures a UDP server, by default with one datagram to"
                                + " localhost:8888.")
                .details(
                        "With receive and discard there is no answer: the exchange succeeds unless"
                                + " the datagram is refused within "
                                + ClientConfig.UDP_REFUSAL_WAIT.toMillis()
                                + " ms.")
                .examples(
                        "  udp-client -m 'hello there' host 9000",
                        "  udp-client --service echo -i 1s host 9000       like ping, until Ctrl-C",
                        "  udp-client --service stamp --rate 50 -t 1m host 862",
                        "                                                  loss in each direction",
                        "  udp-client --service echo -i 10ms -t 10s --fail-if 'loss>1%' host 9000",
                        "  udp-client --service echo --bulk -b 100M host 9000",
                        "  udp-client --service pipe --lines host 514 < messages.txt",
                        "  udp-client --probe-size host 9000               path MTU",
                        "  udp-client --format json example.org 9000");
    }

    private static Command complete(Transport transport, Command command) {
        String failures =
                switch (transport) {
                    case TCP -> "name not found, refused, timeout, reset, no receipt.";
                    case UDP -> "name not found, refused, unreachable, no answer.";
                };
        return command.exitStatus(
                        Exit.OK,
                        "Every exchange succeeded; with --fail-if, no threshold was exceeded.")
                .exitStatus(
                        Exit.NETWORK,
                        "Network or peer failure: "
                                + failures
                                + " A run fails if any exchange fails, except with --fail-if.")
                .exitStatus(
                        Exit.USAGE,
                        "Usage error or local failure: not permitted, results not written.")
                .exitStatus(Exit.THRESHOLD, "A threshold of --fail-if was exceeded.")
                .exitStatus(Exit.HUNG_UP, "Ended by SIGHUP.")
                .exitStatus(Exit.INTERRUPTED, "Ended by SIGINT.")
                .exitStatus(Exit.TERMINATED, "Ended by SIGTERM.")
                .note(
                        "Thresholds",
                        "  EXPR is a figure, one of >, >=, < and <=, and a limit:",
                        "  ok, failed                     number of exchanges, such as ok<100",
                        "  loss                           share of failed exchanges, such as"
                                + " loss>1%",
                        "  min, mean, max, stddev, jitter times, such as mean>20ms",
                        "  p50, p95, p99.9, any percentile times, such as p99>20ms",
                        "  up, down                       throughput, such as up<900M (bit/s)",
                        "  difference                     median under --load less idle median")
                .note(
                        "Signals",
                        "  SIGINT, SIGTERM   end the run and print its summary",
                        "  SIGUSR1, Enter    print the figures so far on standard error")
                .complete(Format.values());
    }
}
