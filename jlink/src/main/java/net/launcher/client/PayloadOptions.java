package net.launcher.client;

import net.client.pipe.PipeConfig;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.launcher.command.Command;
import net.launcher.command.InputFile;
import net.launcher.command.Invocation;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.StampRequest;
import net.protocol.Transport;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The options that say what a run sends.
 *
 * @param run the run, with any payload
 */
record PayloadOptions(Invocation invocation, RunConfig run) {
    private static final String STANDARD_INPUT = "-";

    /** At most one of these is given. */
    private static final List<String> SOURCES = List.of("--message", "--file", "--size");

    static void add(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        command.option(
                "TEXT",
                "What to send, in UTF-8, for "
                        + (isTcp ? "greet and receive" : "receive")
                        + " at most "
                        + Protocol.MAX_MESSAGE_BYTES
                        + " bytes"
                        + (isTcp ? " a line" : "")
                        + " (default: "
                        + Protocol.CLIENT_GREETING
                        + ").",
                "-m",
                "--message");
        command.option("FILE", "Send what is in a file, or comes on standard input: -.", "--file");
        command.option(
                "SIZE",
                "Send a pattern of so many bytes, such as 64, 16K or 1M"
                        + (isTcp
                                ? "."
                                : "; in a run of echo "
                                        + RunConfig.MARK_BYTES
                                        + " of them tell its datagrams apart, and the packets of"
                                        + " stamp have at least "
                                        + StampRequest.MIN_BYTES
                                        + ". The most of a datagram of pipe (default: "
                                        + PipeConfig.DATAGRAM_BYTES
                                        + ", which fits the packets of every link)."),
                "-s",
                "--size");
    }

    /** Tells whether it is standard input that is sent. */
    static boolean readsStandardInput(Invocation invocation) {
        Optional<String> file = invocation.value("--file");
        return file.isPresent() && file.get().equals(STANDARD_INPUT);
    }

    /** Returns what to send, and what the service asks for where no option says. */
    Payload payload() throws InterruptedIOException {
        requireOneSource();
        Optional<String> message = invocation.value("--message");
        if (message.isPresent()) {
            requireContent("--message", message.get());
            return Payload.of(message.get());
        }
        Optional<String> file = invocation.value("--file");
        if (file.isPresent()) {
            requireContent("--file", file.get());
            return Payload.of(bytes(file.get()));
        }
        return invocation.value("--size").isPresent() ? pattern() : run.payload();
    }

    private void requireOneSource() {
        Optional<String> given = Optional.empty();
        for (String source : SOURCES) {
            Optional<String> value = invocation.value(source);
            if (value.isPresent() && given.isPresent()) {
                throw new IllegalArgumentException(
                        source + " must not be given with " + given.get() + ": " + value.get());
            }
            if (value.isPresent()) {
                given = Optional.of(source);
            }
        }
    }

    /** A packet of STAMP has a length, and nothing to say. */
    private void requireContent(String option, String value) {
        if (run.service() == Service.STAMP) {
            throw new IllegalArgumentException(
                    option + " must not be given for stamp, but --size: " + value);
        }
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
        int mark = run.markBytes();
        requireSize(size, mark, "a run of echo over udp");
        if (run.service() == Service.STAMP) {
            requireSize(size, StampRequest.MIN_BYTES, "stamp");
        }
        return Payload.pattern(size - mark);
    }

    private static void requireSize(int size, int min, String use) {
        if (size < min) {
            throw new IllegalArgumentException(
                    "--size must be at least " + min + " bytes for " + use + ": " + size);
        }
    }
}
