package net.launcher.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builder of a process, by default a launcher of the built image. */
final class ProcessCommand {
    /** The image built by Maven. */
    static final Path IMAGE = Path.of(System.getProperty("netpair.image"));

    private final ProcessBuilder builder;

    private ProcessCommand(List<String> command) {
        builder = new ProcessBuilder(new ArrayList<>(command));
    }

    static ProcessCommand of(String launcher, String... args) {
        return at(IMAGE.resolve("bin", launcher), args);
    }

    /** Returns the path of a launcher. */
    static String bin(String launcher) {
        return IMAGE.resolve("bin", launcher).toString();
    }

    static ProcessCommand at(Path program, String... args) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        return new ProcessCommand(command);
    }

    /** Returns a script for {@code sh}, with {@code $BIN} as the folder of the launchers. */
    static ProcessCommand sh(String script) {
        return new ProcessCommand(List.of("sh", "-c", script))
                .env("BIN", IMAGE.resolve("bin").toString());
    }

    /** Returns a Python peer of the test resources; skips the test without Python. */
    static ProcessCommand python(String peer, String... args) {
        Assume.success("python3", "-c", "import pty");
        try {
            Path file = Path.of(ProcessCommand.class.getResource("/peers/" + peer).toURI());
            return at(Path.of("python3"), "-u", file.toString()).with(args);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds arguments. */
    ProcessCommand with(String... args) {
        builder.command().addAll(List.of(args));
        return this;
    }

    ProcessCommand env(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    ProcessCommand withoutEnv() {
        builder.environment().clear();
        return this;
    }

    ProcessCommand in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    RunningProcess start() {
        try {
            return new RunningProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the process to its end. */
    ProcessResult run() {
        try (RunningProcess launched = start()) {
            return launched.end();
        }
    }

    /** Runs the process to its end, with a deadline. */
    ProcessResult run(long deadlineSeconds) {
        try (RunningProcess launched = start()) {
            return launched.end(deadlineSeconds);
        }
    }
}
