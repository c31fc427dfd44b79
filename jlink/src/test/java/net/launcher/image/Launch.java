package net.launcher.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A command to start as a process, by default a launcher of the built image. */
final class Launch {
    /** The image that the build has made. */
    static final Path IMAGE = Path.of(System.getProperty("netpair.image"));

    private final ProcessBuilder builder;

    private Launch(List<String> command) {
        builder = new ProcessBuilder(new ArrayList<>(command));
    }

    static Launch of(String launcher, String... args) {
        return at(IMAGE.resolve("bin", launcher), args);
    }

    /** The path of a launcher, for a command that starts it. */
    static String bin(String launcher) {
        return IMAGE.resolve("bin", launcher).toString();
    }

    static Launch at(Path program, String... args) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        return new Launch(command);
    }

    /** A script for {@code sh}, with {@code $BIN} for the folder of the launchers. */
    static Launch sh(String script) {
        return new Launch(List.of("sh", "-c", script)).env("BIN", IMAGE.resolve("bin").toString());
    }

    /** One of the peers in Python that are resources of these tests; skips the test without it. */
    static Launch python(String peer, String... args) {
        Assume.success("python3", "-c", "import pty");
        try {
            Path file = Path.of(Launch.class.getResource("/peers/" + peer).toURI());
            return at(Path.of("python3"), "-u", file.toString()).with(args);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds arguments. */
    Launch with(String... args) {
        builder.command().addAll(List.of(args));
        return this;
    }

    Launch env(String name, String value) {
        builder.environment().put(name, value);
        return this;
    }

    Launch withoutEnv() {
        builder.environment().clear();
        return this;
    }

    Launch in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    Launched start() {
        try {
            return new Launched(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs to the end. */
    ProcessResult run() {
        try (Launched launched = start()) {
            return launched.end();
        }
    }

    /** Runs to the end, which may take its time. */
    ProcessResult run(long deadlineSeconds) {
        try (Launched launched = start()) {
            return launched.end(deadlineSeconds);
        }
    }
}
