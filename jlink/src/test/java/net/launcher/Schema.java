package net.launcher;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The schema of events, applied with a library other than the one that writes them. */
public final class Schema {
    /** The schema file; Maven runs tests in the folder of the module. */
    public static final Path FILE = Path.of("src/main/schema/events.schema.json");

    private static final String EVENT = "/properties/event";

    private static final Validator VALIDATOR = new ValidatorFactory().createValidator();
    private static final URI EVENTS = register();

    private Schema() {}

    /** Registers the schema, which validates it against its meta-schema. */
    private static URI register() {
        try {
            return VALIDATOR.registerSchema(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether a line is a valid event. */
    public static synchronized boolean isValid(String line) {
        return VALIDATOR.validate(EVENTS, line).isValid();
    }

    /** Fails with the problems of a line unless it is a valid event. */
    public static synchronized void validate(String line) {
        Validator.Result result = VALIDATOR.validate(EVENTS, line);
        if (!result.isValid()) {
            throw new AssertionError(line + "\n" + String.join("\n", problems(result)));
        }
    }

    /** Returns the problems, except those of the other kinds of events. */
    private static List<String> problems(Validator.Result result) {
        Set<String> others =
                result.getErrors().stream()
                        .map(error -> error.getSchemaLocation())
                        .filter(at -> at.endsWith(EVENT))
                        .map(at -> at.substring(0, at.length() - EVENT.length()))
                        .collect(Collectors.toSet());
        return result.getErrors().stream()
                .filter(error -> others.stream().noneMatch(error.getSchemaLocation()::startsWith))
                .map(error -> error.getSchemaLocation() + ": " + error.getError())
                .toList();
    }
}
