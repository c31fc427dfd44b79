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
                transport, RunOptions.add(transport, command.targets("Server to connect to")));
    }

    private static Command tcp() {
        return new Command(
                        "tcp-client",
                        "Tests and measures a TCP server, by default with one message to"
                                + " localhost:8888.")
                .details(
                        "The server's greeting is printed as a line. The exchange succeeds with the"
                                + " receipt: the orderly close by the server.")
                .example("tcp-client -m 'hello there' host 9000", "send a text")
                .example("tcp-client --service connect -i 1s host 443", "is the port open?")
                .example("tcp-client --service echo -c 1000 host 9000", "round-trip times")
                .example("tcp-client --service discard -P 4 host 9000", "bandwidth, upload")
                .example("tcp-client --service connect --wait 30s db 5432", "wait for a server")
                .example("tcp-client --service pipe host 80 < request", "any bytes, like nc")
                .example(
                        "tcp-client --service echo --rate 500 -t 10s --fail-if 'p99>20ms' host",
                        "fail above 20 ms")
                .example("tcp-client --service echo --load 2 host 9000", "latency under load")
                .example(
                        "tcp-client --service receive --file lines.txt host 9000",
                        "send a file, line by line")
                .example("tcp-client --format json --timeout 500ms ::1 9000", "result as JSON");
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
                .example("udp-client -m 'hello there' host 9000", "send a text")
                .example("udp-client --service echo -i 1s host 9000", "like ping, until Ctrl-C")
                .example("udp-client --service connect host 9000", "is the port open?")
                .example(
                        "udp-client --service stamp --rate 50 -t 1m host 862",
                        "loss in each direction")
                .example(
                        "udp-client --service echo -i 10ms -t 10s --fail-if 'loss>1%' host 9000",
                        "fail above 1 % loss")
                .example("udp-client --service echo --bulk -b 100M host 9000", "send 100 Mbit/s")
                .example(
                        "udp-client --service pipe --lines host 514 < messages.txt",
                        "send a datagram per line")
                .example("udp-client --probe-size host 9000", "path MTU")
                .example("udp-client --format json example.org 9000", "result as JSON");
    }

    private static Command complete(Transport transport, Command command) {
        String failures =
                switch (transport) {
                    case TCP -> "name not found, refused, timeout, reset, no receipt.";
                    case UDP -> "name not found, refused, unreachable, no answer.";
                };
        return thresholds(command)
                .exitStatus(
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
                .note("Signals", "SIGINT, SIGTERM", "end the run and print its summary")
                .note("Signals", "SIGUSR1, Enter", "print the figures so far on standard error")
                .complete(Format.values());
    }

    private static Command thresholds(Command command) {
        String heading = "Thresholds";
        return command.note(heading, "EXPR", "a figure, >, >=, < or <=, and a limit")
                .note(heading, "ok, failed", "number of exchanges, such as ok<100")
                .note(heading, "loss", "share of failed exchanges, such as loss>1%")
                .note(heading, "min, mean, max, stddev, jitter", "times, such as mean>20ms")
                .note(heading, "p50, p95, p99.9, any percentile", "times, such as p99>20ms")
                .note(heading, "up, down", "throughput, such as up<900M (bit/s)")
                .note(heading, "difference", "median under --load less idle median");
    }
}
