package net.launcher.client;

import static net.launcher.command.OptionGroup.EXCHANGE;

import net.client.pipe.PipeConfig;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.command.InputFile;
import net.launcher.command.Invocation;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.StampRequest;
import net.protocol.Transport;

import java.io.InterruptedIOException;
import java.util.Optional;

/**
 * The options for the payload of a run.
 *
 * @param run the run with its default payload
 */
record PayloadOptions(Invocation invocation, RunConfig run) {
    private static final String STANDARD_INPUT = "-";

    static void add(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        Service[] silent =
                isTcp
                        ? new Service[] {Service.CHARGEN, Service.CONNECT}
                        : new Service[] {Service.STAMP};
        command.option(EXCHANGE, "TEXT", "-m", "--message")
                .excludes(silent)
                .excludes(ClientModes.PIPE, ClientModes.PROBE_SIZE)
                .summary("text to send (default: " + Protocol.CLIENT_GREETING + ")")
                .description(
                        "Text to send, in UTF-8 (default: "
                                + Protocol.CLIENT_GREETING
                                + "). At most "
                                + Protocol.MAX_MESSAGE_BYTES
                                + (isTcp
                                        ? " bytes with greet, and per line with receive."
                                        : " bytes with receive."));
        command.option(EXCHANGE, "FILE", "--file")
                .excludes("--message")
                .excludes(silent)
                .excludes(ClientModes.PIPE, ClientModes.PROBE_SIZE)
                .description("File to send, or - for standard input.");
        CommandOption size = command.option(EXCHANGE, "SIZE", "-s", "--size");
        size.excludes("--message", "--file");
        if (isTcp) {
            size.excludes(silent)
                    .excludes(ClientModes.PIPE)
                    .description("Send a pattern of SIZE bytes, such as 64, 16K or 1M.");
        } else {
            size.excludes(ClientModes.PROBE_SIZE)
                    .summary("bytes per datagram")
                    .description(
                            "Send a pattern of SIZE bytes per datagram: at least "
                                    + RunConfig.HEADER_BYTES
                                    + " in a run of echo, "
                                    + StampRequest.MIN_BYTES
                                    + " with stamp; "
                                    + RunConfig.DEFAULT_DATAGRAM_BYTES
                                    + " by default with --bulk and in a run of discard. With pipe,"
                                    + " the maximum per datagram (default: "
                                    + PipeConfig.DATAGRAM_BYTES
                                    + ").");
        }
    }

    /** Returns whether standard input is the payload. */
    static boolean readsStandardInput(Invocation invocation) {
        Optional<String> file = invocation.value("--file");
        return file.isPresent() && file.get().equals(STANDARD_INPUT);
    }

    /** Returns the payload, by default that of the service. */
    Payload payload() throws InterruptedIOException {
        Optional<String> message = invocation.value("--message");
        if (message.isPresent()) {
            return Payload.of(message.get());
        }
        Optional<String> file = invocation.value("--file");
        if (file.isPresent()) {
            return Payload.of(bytes(file.get()));
        }
        return invocation.value("--size").isPresent() ? pattern() : run.payload();
    }

    private static byte[] bytes(String file) throws InterruptedIOException {
        return file.equals(STANDARD_INPUT)
                ? InputFile.standardInput("--file", Payload.MAX_BYTES)
                : InputFile.read("--file", file, Payload.MAX_BYTES, InputFile.NO_LIMIT);
    }

    private Payload pattern() {
        boolean isUdp = run.transport() == Transport.UDP;
        int max = isUdp ? Protocol.MAX_DATAGRAM_BYTES : Payload.MAX_BYTES;
        int size = invocation.size("--size", 0, max);
        int header = run.headerBytes();
        requireSize(size, header, "a run of echo over udp");
        if (run.service() == Service.STAMP) {
            requireSize(size, StampRequest.MIN_BYTES, "stamp");
        }
        return Payload.pattern(size - header);
    }

    private static void requireSize(int size, int min, String use) {
        if (size < min) {
            throw new IllegalArgumentException(
                    "--size must be at least " + min + " bytes for " + use + ": " + size);
        }
    }
}
