package net.launcher.command;

import java.io.Serial;

/** An option that a launcher does not have. */
final class UnknownOptionException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    private final String option;

    /** Creates an exception for an argument, which may contain a value after an equals sign. */
    UnknownOptionException(String argument, Throwable cause) {
        super("unknown option: " + argument, cause);
        int equals = argument.indexOf('=');
        this.option = equals < 0 ? argument : argument.substring(0, equals);
    }

    /** Returns the name as given, with its dashes. */
    String option() {
        return option;
    }
}
