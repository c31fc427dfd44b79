package net.launcher;

import io.avaje.json.stream.BufferedJsonWriter;
import io.avaje.json.stream.JsonStream;

import net.protocol.Message;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One event as a JSON object on one line. */
final class JsonLine {
    private static final JsonStream STREAM =
            JsonStream.builder().serializeNulls(true).serializeEmpty(true).build();

    /** RFC 3339 in UTC, always with microseconds. */
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private final BufferedJsonWriter writer = STREAM.bufferedWriter();

    private JsonLine() {
        writer.beginObject();
    }

    static JsonLine event(String name) {
        return new JsonLine().field("event", name);
    }

    JsonLine field(String name, String value) {
        writer.name(name);
        writer.value(value);
        return this;
    }

    JsonLine field(String name, long value) {
        writer.name(name);
        writer.value(value);
        return this;
    }

    JsonLine field(String name, boolean value) {
        writer.name(name);
        writer.value(value);
        return this;
    }

    /** A number, or null where there is none. */
    JsonLine field(String name, Optional<Long> value) {
        writer.name(name);
        value.ifPresentOrElse(writer::value, writer::nullValue);
        return this;
    }

    JsonLine field(String name, Instant value) {
        return field(name, TIME.format(value));
    }

    /** A message: its length, and its text, or its bytes in Base64 where they are no text. */
    JsonLine message(Message message) {
        field("bytes", message.size());
        return message.text()
                .map(text -> field("text", text))
                .orElseGet(
                        () -> field("base64", Base64.getEncoder().encodeToString(message.bytes())));
    }

    /** An object of numbers, in the order of their names. */
    JsonLine object(String name, Map<String, Long> values) {
        beginObject(name);
        new TreeMap<>(values).forEach(this::field);
        return endObject();
    }

    JsonLine beginObject(String name) {
        writer.name(name);
        writer.beginObject();
        return this;
    }

    JsonLine endObject() {
        writer.endObject();
        return this;
    }

    /** Ends the object and returns the line, without a line end. */
    String end() {
        writer.endObject();
        return Escapes.json(writer.result());
    }
}
