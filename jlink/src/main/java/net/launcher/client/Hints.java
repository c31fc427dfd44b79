package net.launcher.client;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.launcher.client.report.Hint;
import net.launcher.output.Diagnostics;
import net.launcher.output.Terminal;
import net.protocol.Transport;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Prints one hint per kind of failure, only to terminals or in verbose mode, since scripts expect
 * one line per failure.
 */
final class Hints {
    private final Diagnostics err;
    private final Transport transport;
    private final Set<Kind> printed = EnumSet.noneOf(Kind.class);

    Hints(Diagnostics err, Transport transport) {
        this.err = err;
        this.transport = transport;
    }

    /** Prints the hint for a failure, unless one was printed for its kind. */
    void print(ExchangeException failure) {
        if (printed.add(failure.kind()) && (err.isVerbose() || Terminal.isStandardError())) {
            Optional<String> hint = Hint.of(transport, failure.kind());
            if (hint.isPresent()) {
                err.print("hint: " + hint.get());
            }
        }
    }
}
