package net.launcher.server;

import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.output.Format;
import net.protocol.Transport;

/** The command lines of {@code tcp-server} and {@code udp-server}. */
public final class ServerCommand {
    private ServerCommand() {}

    /** Returns the command line of the server of a transport. */
    public static Command of(Transport transport) {
        Command command =
                switch (transport) {
                    case TCP -> tcp();
                    case UDP -> udp();
                };
        return complete(
                ServerOptions.add(
                        transport,
                        command.serviceEndpoints("Service to offer and address to listen on")));
    }

    private static Command tcp() {
        return new Command(
                        "tcp-server",
                        "Serves TCP clients on localhost:8888: greets, records one message,"
                                + " closes.")
                .details(
                        "The message is printed as a line. The orderly close is the receipt: the"
                                + " message is recorded.")
                .example("tcp-server :9000", "all addresses, port 9000")
                .example("tcp-server --service echo 9007", "echo server on localhost:9007")
                .example("tcp-server greet=:8888 echo=:7007", "two services")
                .example(
                        "tcp-server --service receive --output log.txt --sync",
                        "record each line, forced to disk")
                .example("tcp-server --deny @bad.txt :9000", "reject the addresses in bad.txt")
                .example("tcp-server --format json ::1 0", "any free port, shown in JSON")
                .example("tcp-server 127.0.0.1 10.0.0.1 9000", "two addresses, port 9000");
    }

    private static Command udp() {
        return new Command(
                        "udp-server",
                        "Serves UDP peers on localhost:8888: prints each datagram, never answers.")
                .details(
                        "echo and stamp answer, at a limited rate and never with more bytes than"
                                + " the request.")
                .example("udp-server :9000", "all addresses, port 9000")
                .example("udp-server --service echo 9007", "echo server on localhost:9007")
                .example("udp-server receive=:8888 stamp=:862", "two services")
                .example("udp-server --service stamp :862", "STAMP reflector (RFC 8762)")
                .example("udp-server --join 239.1.2.3 :5000", "receive from a multicast group")
                .example("udp-server --format json ::1 0", "any free port, shown in JSON")
                .example("udp-server --output log.txt --sync", "record datagrams, forced to disk");
    }

    private static Command complete(Command command) {
        return command.exitStatus(Exit.OK, "Stopped by a signal or by --count.")
                .exitStatus(
                        Exit.NETWORK,
                        "A host name in an endpoint, --allow or --deny was not resolved.")
                .exitStatus(
                        Exit.USAGE,
                        "Usage error or local failure: port in use, invalid rules, results not"
                                + " written.")
                .note(
                        "Signals",
                        "SIGTERM, SIGINT",
                        "shut down within --drain; a second signal exits at once")
                .note(
                        "Signals",
                        "SIGHUP",
                        "reopen --output, reload --allow and --deny; shut down if there is nothing"
                                + " to reopen or reload, except with --config")
                .note("Signals", "SIGUSR1", "print the counters on standard error")
                .complete(Format.values());
    }
}
