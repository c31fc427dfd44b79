package net.launcher.client;

import net.client.run.RunConfig;
import net.launcher.command.ByteSize;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.protocol.Service;
import net.protocol.Transport;

import java.util.List;
import java.util.Optional;

/** The options of runs that ask how much goes through. */
record BulkOptions(Transport transport, Invocation invocation, Service service) {
    /** What a connection that is one exchange has no use for. */
    private static final List<String> OTHERS =
            List.of("--count", "--interval", "--rate", "--warmup");

    /** What a service that sends by itself has no use for. */
    private static final List<String> PAYLOADS = List.of("--message", "--file", "--size");

    static void add(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        command.flag(
                "--bulk",
                isTcp
                        ? "Ask how much goes through: echo both ways at once, as discard up and"
                                + " chargen down, with a line a second."
                        : "Show how much goes through of echo, as of discard, with a line a"
                                + " second.");
        if (isTcp) {
            command.option(
                    "SIZE",
                    "End a bulk run after so much over all connections, such as 64M or 1G"
                            + " (default: after the time of -t, "
                            + RunConfig.DEFAULT_BULK_DURATION.toSeconds()
                            + "s).",
                    "--bytes");
        }
    }

    /** Tells whether a connection is one exchange. */
    boolean isStream() {
        boolean isBulk =
                service == Service.DISCARD
                        || service == Service.CHARGEN
                        || invocation.has("--bulk");
        return isBulk && transport == Transport.TCP;
    }

    void addTo(RunConfig.Builder run) {
        boolean isBulk = invocation.has("--bulk");
        boolean isEchoOrBulk =
                service == Service.ECHO || service == Service.DISCARD || service == Service.CHARGEN;
        if (isBulk && !isEchoOrBulk) {
            throw new IllegalArgumentException(
                    "--bulk must be given for echo, discard or chargen: " + service.label());
        }
        if (isStream()) {
            requireNone(OTHERS, "a bulk run over tcp");
            if (invocation.has("--reconnect")) {
                throw new IllegalArgumentException(
                        "--reconnect must not be given for a bulk run over tcp: "
                                + service.label());
            }
        }
        if (service == Service.CHARGEN) {
            requireNone(PAYLOADS, "chargen, which sends by itself");
        }
        if (isBulk || isStream()) {
            run.bulk();
        }
        Optional<String> bytes = invocation.value("--bytes");
        if (bytes.isPresent() && !isStream()) {
            throw new IllegalArgumentException(
                    "--bytes must be given for discard, chargen or --bulk: " + bytes.get());
        }
        if (bytes.isPresent()) {
            run.bytes(ByteSize.parse("--bytes", bytes.get(), Long.MAX_VALUE));
        }
    }

    private void requireNone(List<String> options, String use) {
        for (String option : options) {
            Optional<String> value = invocation.value(option);
            if (value.isPresent()) {
                throw new IllegalArgumentException(
                        option + " must not be given for " + use + ": " + value.get());
            }
        }
    }
}
