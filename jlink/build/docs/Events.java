import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** The JSON events, as their schema describes them. */
final class Events {
    private final Roff roff;
    private final JsonObject schema;

    /** The members that have been described, with their texts. */
    private final Set<String> described = new HashSet<>();

    private Events(Roff roff, JsonObject schema) {
        this.roff = roff;
        this.schema = schema;
    }

    /** Adds each event with its members. A member of several events is described once. */
    static void add(Roff roff, String schema) {
        Events events = new Events(roff, JsonParser.parseString(schema).getAsJsonObject());
        roff.paragraph(Roff.escape(text(events.schema)));
        roff.paragraph(
                "Members in brackets are not always present. A member that several events have is"
                        + " described with the first one.");
        for (JsonElement reference : events.schema.getAsJsonArray("oneOf")) {
            events.add(events.definition(reference.getAsJsonObject()));
        }
    }

    private void add(JsonObject event) {
        JsonObject properties = event.getAsJsonObject("properties");
        JsonElement name = properties.getAsJsonObject("event").get("const");
        if (name == null) {
            return;
        }
        JsonArray required = event.getAsJsonArray("required");
        StringJoiner members = new StringJoiner(", ", " Members: ", ".");
        Map<String, String> texts = new LinkedHashMap<>();
        for (String member : properties.keySet()) {
            if (member.equals("event") || !properties.get(member).isJsonObject()) {
                continue;
            }
            boolean isRequired = required.contains(new JsonPrimitive(member));
            members.add(isRequired ? Roff.bold(member) : "[" + Roff.bold(member) + "]");
            String text = describe(properties.getAsJsonObject(member));
            if (!text.isEmpty() && described.add(member + text)) {
                texts.put(member, text);
            }
        }
        roff.tagged(Roff.bold(name.getAsString()), Roff.escape(text(event)) + members);
        roff.indented(texts);
    }

    /** Returns the description of a member, the first time with the names of its own members. */
    private String describe(JsonObject member) {
        JsonObject type = definition(member);
        String text = text(member.has("description") ? member : type);
        JsonObject value = type.has("items") ? type.getAsJsonObject("items") : type;
        if (!value.has("properties") || !described.add(value.toString())) {
            return text;
        }
        Set<String> names = value.getAsJsonObject("properties").keySet();
        return text + " Members: " + String.join(", ", names) + ".";
    }

    private JsonObject definition(JsonObject value) {
        if (!value.has("$ref")) {
            return value;
        }
        String reference = value.get("$ref").getAsString();
        return schema.getAsJsonObject("$defs").getAsJsonObject(reference.replace("#/$defs/", ""));
    }

    private static String text(JsonObject value) {
        return value.has("description") ? value.get("description").getAsString() : "";
    }
}
