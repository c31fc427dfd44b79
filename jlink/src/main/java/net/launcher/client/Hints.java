package net.launcher.client;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.launcher.client.report.Hint;
import net.launcher.output.Diagnostics;
import net.protocol.Transport;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says once for each kind of failure what to look at: to people, since scripts expect a line a
 * failure.
 */
final class Hints {
    private final Diagnostics err;
    private final Transport transport;
    private final Set<Kind> told = EnumSet.noneOf(Kind.class);

    Hints(Diagnostics err, Transport transport) {
        this.err = err;
        this.transport = transport;
    }

    /** Says it on standard error, if that is a terminal or more is asked for. */
    void say(ExchangeException failure) {
        if (told.add(failure.kind()) && (err.isVerbose() || Terminal.isStandardError())) {
            Optional<String> hint = Hint.of(transport, failure.kind());
            if (hint.isPresent()) {
                err.say("hint: " + hint.get());
            }
        }
    }
}
