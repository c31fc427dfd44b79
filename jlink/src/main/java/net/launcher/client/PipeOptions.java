package net.launcher.client;

import static net.launcher.command.OptionGroup.EXCHANGE;

import net.client.pipe.Pipe;
import net.client.pipe.PipeConfig;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.command.value.Durations;
import net.launcher.output.Format;
import net.launcher.output.Terminal;
import net.protocol.Protocol;
import net.protocol.Transport;

import java.util.Optional;

/**
 * The options of {@code --service pipe}, which works with any server.
 *
 * @param client the options of all clients
 */
record PipeOptions(RunOptions client) {
    static void add(Transport transport, Command command) {
        if (transport == Transport.TCP) {
            command.option(EXCHANGE, "TIME", "--idle-timeout")
                    .requires(ClientModes.PIPE)
                    .description(
                            "Reset the connection and exit with status 1 after TIME without traffic"
                                    + " (default: no limit).");
            return;
        }
        command.option(EXCHANGE, "TIME", "--idle-timeout")
                .requires(ClientModes.PIPE)
                .description(
                        "Exit after TIME without a datagram, once input has ended (default: "
                                + PipeConfig.UDP_IDLE_TIMEOUT.toSeconds()
                                + "s).");
        command.flag(EXCHANGE, "--lines")
                .requires(ClientModes.PIPE)
                .description(
                        "Send each line as a datagram without its line end, and write each datagram"
                                + " as a line.");
    }

    Invocation invocation() {
        return client.invocation();
    }

    /**
     * Returns the pipe.
     *
     * @throws IllegalArgumentException if a value is not valid
     */
    Pipe pipe() {
        Invocation invocation = client.invocation();
        if (invocation.value("--format").isPresent() && invocation.format() != Format.RAW) {
            throw new IllegalArgumentException(
                    "--format must be raw with --service pipe: " + invocation.format());
        }
        PipeConfig.Builder config =
                PipeConfig.builder(client.transport(), client.client())
                        .lines(invocation.has("--lines"))
                        .interactive(Terminal.isStandardInput())
                        .datagramBytes(
                                invocation.size(
                                        "--size",
                                        PipeConfig.DATAGRAM_BYTES,
                                        Protocol.MAX_DATAGRAM_BYTES));
        Optional<String> idle = invocation.value("--idle-timeout");
        if (idle.isPresent()) {
            config.idleTimeout(Durations.parse("--idle-timeout", idle.get()));
        }
        return new Pipe(config.build());
    }
}
