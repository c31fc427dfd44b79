package net.launcher.output;

import com.google.gson.stream.JsonWriter;

import net.protocol.Message;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Builds an event as a JSON object on one line. */
public final class JsonLine {
    /** RFC 3339 in UTC, always with microseconds. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private final StringWriter line = new StringWriter();
    private final JsonWriter writer = new JsonWriter(line);

    private JsonLine() throws IOException {
        writer.beginObject();
    }

    public static JsonLine event(String name) throws IOException {
        return new JsonLine().field("event", name);
    }

    public JsonLine field(String name, String value) throws IOException {
        writer.name(name).value(value);
        return this;
    }

    public JsonLine field(String name, long value) throws IOException {
        writer.name(name).value(value);
        return this;
    }

    public JsonLine field(String name, boolean value) throws IOException {
        writer.name(name).value(value);
        return this;
    }

    /** Adds a number, or null if empty. */
    public JsonLine field(String name, Optional<? extends Number> value) throws IOException {
        writer.name(name).value(value.isPresent() ? value.get() : null);
        return this;
    }

    /** Adds a number, or null if empty. */
    public JsonLine field(String name, OptionalLong value) throws IOException {
        return value.isPresent() ? field(name, value.getAsLong()) : field(name, Optional.empty());
    }

    public JsonLine field(String name, Instant value) throws IOException {
        return field(name, TIME.format(value));
    }

    /** Adds an array of texts. */
    public JsonLine strings(String name, List<String> values) throws IOException {
        writer.name(name).beginArray();
        for (String value : values) {
            writer.value(value);
        }
        writer.endArray();
        return this;
    }

    /** Adds the length of a message, and its text, or its bytes in Base64 if not valid UTF-8. */
    public JsonLine message(Message message) throws IOException {
        field("bytes", message.size());
        Optional<String> text = message.text();
        return text.isPresent()
                ? field("text", text.get())
                : field("base64", Base64.getEncoder().encodeToString(message.bytes()));
    }

    /** Adds an object of numbers, sorted by name. */
    public JsonLine object(String name, Map<String, Long> values) throws IOException {
        beginObject(name);
        for (Map.Entry<String, Long> value : new TreeMap<>(values).entrySet()) {
            field(value.getKey(), value.getValue());
        }
        return endObject();
    }

    public JsonLine beginObject(String name) throws IOException {
        writer.name(name).beginObject();
        return this;
    }

    /** Begins an array of objects. */
    public JsonLine beginArray(String name) throws IOException {
        writer.name(name).beginArray();
        return this;
    }

    public JsonLine endArray() throws IOException {
        writer.endArray();
        return this;
    }

    /** Begins an object in an array. */
    public JsonLine beginObject() throws IOException {
        writer.beginObject();
        return this;
    }

    public JsonLine endObject() throws IOException {
        writer.endObject();
        return this;
    }

    /** Ends the object and returns the line, without a line end. */
    public String end() throws IOException {
        writer.endObject().close();
        return Escapes.json(line.toString());
    }
}
