package net.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

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

/**
 * The schema of events, applied with a library other than the one that writes them. Members and
 * events that it does not describe, which it permits readers to ignore, are problems here.
 */
public final class Schema {
    /** The schema file; Maven runs tests in the folder of the module. */
    public static final Path FILE = Path.of("src/main/dist/share/netpair/events.schema.json");

    private static final String EVENT = "/properties/event";

    private static final Validator VALIDATOR = new ValidatorFactory().createValidator();
    private static final URI EVENTS = register();

    private Schema() {}

    /** Registers the schema, which validates it against its meta-schema. */
    private static URI register() {
        try {
            JsonNode schema = new ObjectMapper().readTree(FILE.toFile());
            ArrayNode alternatives = (ArrayNode) schema.get("oneOf");
            // The last alternative is an unknown event.
            alternatives.remove(alternatives.size() - 1);
            close(schema);
            return VALIDATOR.registerSchema(schema.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Excludes members that are not described. */
    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.forEach(Schema::close);
    }

    /** Returns whether a line is valid for readers of events, which ignore unknown members. */
    static synchronized boolean isReadable(String line) throws IOException {
        URI published = VALIDATOR.registerSchema(Files.readString(FILE));
        return VALIDATOR.validate(published, line).isValid();
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
