package net.launcher.client;

import net.client.pipe.Pipe;
import net.client.pipe.PipeConfig;
import net.launcher.command.Command;
import net.launcher.command.Durations;
import net.launcher.command.Invocation;
import net.launcher.output.Format;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.util.List;
import java.util.Optional;

/**
 * The options of {@code --service pipe}, which is no service of a server: it takes any.
 *
 * @param client those of all clients
 */
record PipeOptions(RunOptions client) {
    /** The value of {@code --service}. */
    static final String PIPE = "pipe";

    private static final String SIZE = "--size";
    private static final String FORMAT = "--format";

    /** Those that no exchange has. */
    private static final List<String> OWN = List.of("--idle-timeout", "--lines");

    /** Those of exchanges that a pipe has, too; all others are about what is measured or sent. */
    private static final List<String> SHARED =
            List.of(
                    "--service",
                    "--timeout",
                    "--connect-timeout",
                    "--quiet",
                    "--verbose",
                    "-4",
                    "-6",
                    "--source",
                    "--receive-buffer",
                    "--send-buffer",
                    "--dscp",
                    "--nodelay",
                    "--no-nodelay");

    static void add(Transport transport, Command command) {
        if (transport == Transport.TCP) {
            command.option(
                    "TIME",
                    "End a pipe, as failed, through which nothing has gone either way for so long"
                            + " (default: none).",
                    "--idle-timeout");
        } else {
            command.option(
                    "TIME",
                    "End a pipe when its input has ended and nothing has come for so long (default:"
                            + " "
                            + PipeConfig.UDP_IDLE_TIMEOUT.toSeconds()
                            + "s).",
                    "--idle-timeout");
            command.flag(
                    "--lines",
                    "Have a pipe send each line as a datagram without its line end, and write each"
                            + " datagram as a line.");
        }
    }

    static boolean isAsked(Invocation invocation) {
        Optional<String> service = invocation.value("--service");
        return service.isPresent() && service.get().equals(PIPE);
    }

    /** Refuses what only a pipe has, where none is asked for. */
    static void refuse(Invocation invocation) {
        for (String option : invocation.given()) {
            if (OWN.contains(option)) {
                throw refusal(invocation, option, " must be given with");
            }
        }
    }

    Invocation invocation() {
        return client.invocation();
    }

    /**
     * Returns the pipe.
     *
     * @throws IllegalArgumentException if a value is not valid, or is of no use to a pipe
     */
    Pipe pipe() {
        Invocation invocation = client.invocation();
        boolean isUdp = client.transport() == Transport.UDP;
        for (String option : invocation.given()) {
            boolean isTaken =
                    SHARED.contains(option)
                            || OWN.contains(option)
                            || isUdp && option.equals(SIZE)
                            || option.equals(FORMAT) && invocation.format() == Format.RAW;
            if (!isTaken && option.equals(FORMAT)) {
                throw refusal(invocation, option, " must be raw with");
            }
            if (!isTaken) {
                throw refusal(invocation, option, " must not be given with");
            }
        }
        PipeConfig.Builder config =
                PipeConfig.builder(client.transport(), client.client())
                        .lines(invocation.has("--lines"))
                        .datagramBytes(
                                invocation.size(
                                        SIZE,
                                        PipeConfig.DATAGRAM_BYTES,
                                        Protocol.MAX_DATAGRAM_BYTES));
        Optional<String> idle = invocation.value("--idle-timeout");
        if (idle.isPresent()) {
            config.idleTimeout(Durations.parse("--idle-timeout", idle.get()));
        }
        return new Pipe(config.build());
    }

    private static IllegalArgumentException refusal(
            Invocation invocation, String option, String rule) {
        Optional<String> value = invocation.text(option);
        return new IllegalArgumentException(
                option
                        + rule
                        + " --service "
                        + PIPE
                        + (value.isPresent() ? ": " + value.get() : ""));
    }
}
