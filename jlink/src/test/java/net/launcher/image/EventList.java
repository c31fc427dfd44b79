package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import net.launcher.Schema;

import java.util.List;

/** The JSON events of a launcher, each validated against the schema. */
record EventList(List<JsonNode> all) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Reads all lines of an output. */
    static EventList of(String out) {
        return new EventList(out.lines().map(EventList::event).toList());
    }

    private static JsonNode event(String line) {
        try {
            Schema.validate(line);
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    List<JsonNode> named(String name) {
        return all.stream().filter(event -> event.get("event").asText().equals(name)).toList();
    }

    /** Returns the last event, which is the summary. */
    JsonNode summary() {
        assertEquals("summary", all.getLast().get("event").asText(), all::toString);
        assertEquals(1, named("summary").size(), all::toString);
        return all.getLast();
    }

    /** Returns a number of the summary. */
    long total(String name) {
        JsonNode figure = summary().get(name);
        if (figure == null || !figure.isIntegralNumber()) {
            throw new AssertionError(name + " is not a number in " + summary());
        }
        return figure.asLong();
    }
}
