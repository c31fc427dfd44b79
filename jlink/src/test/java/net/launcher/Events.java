package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The events of a launcher, of the schema, read by other libraries than the one that wrote them.
 */
public final class Events {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Events() {}

    /** Reads what a launcher has written, each line of which is as the schema says. */
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
