package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Parses events with a library other than the one that writes them. */
public final class Events {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Events() {}

    /** Parses the JSON Lines of a launcher, and validates each against the schema. */
    public static List<JsonNode> parse(String lines) {
        lines.lines().forEach(Schema::validate);
        return lines.lines().map(Events::parseLine).toList();
    }

    public static JsonNode parseLine(String line) {
        try {
            JsonNode event = MAPPER.readTree(line);
            assertEquals("event", event.fieldNames().next(), line);
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }

    public static List<String> names(List<JsonNode> events) {
        return events.stream().map(event -> event.get("event").asText()).toList();
    }
}
