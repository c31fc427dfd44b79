package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Parses command lines without running an action. */
public final class InvocationProbe<T> {
    private final Function<Command, Command> options;
    private final Read<T> read;

    /** Reads values of a command line. */
    public interface Read<T> {
        T read(Invocation invocation) throws IOException;
    }

    /** Creates a probe from a function that adds options and one that reads their values. */
    public InvocationProbe(Function<Command, Command> options, Read<T> read) {
        this.options = options;
        this.read = read;
    }

    private int run(
            AtomicReference<T> value, CapturedOutput out, CapturedOutput err, String... args) {
        return options.apply(new Command("probe", "Tries."))
                .complete(Format.values())
                .run(
                        invocation -> {
                            value.set(read.read(invocation));
                            return Exit.OK;
                        },
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        args);
    }

    public T parse(String... args) {
        AtomicReference<T> value = new AtomicReference<>();
        CapturedOutput err = new CapturedOutput();
        assertEquals(Exit.OK, run(value, new CapturedOutput(), err, args), err::text);
        return value.get();
    }

    public void assertRefused(String message, String... args) {
        CapturedOutput err = new CapturedOutput();
        assertEquals(Exit.USAGE, run(new AtomicReference<>(), new CapturedOutput(), err, args));
        assertEquals("probe: " + message + " (see probe --help)\n", err.text());
    }

    /** Returns the message on standard error, empty if the arguments are accepted. */
    public String error(String... args) {
        CapturedOutput err = new CapturedOutput();
        int status = run(new AtomicReference<>(), new CapturedOutput(), err, args);
        assertEquals(err.text().isEmpty() ? Exit.OK : Exit.USAGE, status, err::text);
        return err.text();
    }

    public String help() {
        CapturedOutput out = new CapturedOutput();
        assertEquals(Exit.OK, run(new AtomicReference<>(), out, new CapturedOutput(), "--help"));
        return out.text();
    }
}
