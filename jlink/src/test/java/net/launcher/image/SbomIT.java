package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The software bill of materials of the archive. */
@Tag("release")
class SbomIT {
    private static final String SCHEMAS = "http://cyclonedx.org/schema/";

    private static String text;
    private static JsonNode bill;

    @BeforeAll
    static void read() throws IOException {
        Path file = Path.of(Project.ARCHIVE.toString().replace(".tar.gz", ".cdx.json"));
        text = Files.readString(file);
        bill = new ObjectMapper().readTree(text);
    }

    private static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode component(String name) {
        return all(bill.get("components"))
                .filter(component -> component.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + text));
    }

    private static String schema(String name) throws IOException {
        try (InputStream in = SbomIT.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void isValid() throws IOException {
        Validator validator = new ValidatorFactory().createValidator();
        for (String name : List.of("spdx.schema.json", "jsf-0.82.schema.json")) {
            validator.registerSchema(URI.create(SCHEMAS + name), schema(name));
        }
        String name = "bom-1.6.schema.json";
        URI schema = validator.registerSchema(URI.create(SCHEMAS + name), schema(name));
        Validator.Result result = validator.validate(schema, text);
        List<String> problems =
                result.getErrors().stream()
                        .map(error -> error.getInstanceLocation() + ": " + error.getError())
                        .toList();
        assertEquals(List.of(), problems);
        assertTrue(result.isValid());
        assertEquals("1.6", bill.get("specVersion").asText());
    }

    @Test
    void describesTheArchive() {
        JsonNode program = bill.get("metadata").get("component");
        assertEquals("application", program.get("type").asText());
        assertEquals("netpair", program.get("name").asText());
        assertEquals(Project.VERSION, program.get("version").asText());
    }

    /** Neither tests nor plugins are in the image. */
    @Test
    void listsExactlyTheModulesOfTheImage() {
        List<String> names =
                all(bill.get("components"))
                        .map(component -> component.get("name").asText())
                        .sorted()
                        .toList();
        assertEquals(
                List.of("OpenJDK", "gson", "net.client", "net.protocol", "net.server", "picocli"),
                names);
        ProcessResult java =
                ProcessCommand.at(
                                ProcessCommand.IMAGE.resolve("lib/runtime/bin/java"),
                                "--list-modules")
                        .run();
        assertEquals(
                java.out().lines().filter(module -> module.matches("(java|jdk)\\..*")).toList(),
                all(component("OpenJDK").get("components"))
                        .map(module -> module.get("name").asText() + "@" + version(module))
                        .toList());
    }

    private static String version(JsonNode component) {
        return component.get("version").asText();
    }

    @Test
    void everyComponentHasLicenceAndIdentifier() {
        for (JsonNode component : bill.get("components")) {
            assertFalse(component.get("licenses").isEmpty(), component::toPrettyString);
            assertTrue(component.has("purl") || component.has("cpe"), component::toPrettyString);
        }
        assertEquals(
                "pkg:maven/com.google.code.gson/gson@" + version(component("gson")) + "?type=jar",
                component("gson").get("purl").asText());
    }

    @Test
    void statesThatPicocliWasRecompiled() {
        String notes = component("picocli").get("pedigree").get("notes").asText();
        assertTrue(notes.startsWith("Compiled from the published sources"), notes);
        assertFalse(component("picocli").has("hashes"));
    }

    /** Otherwise, two builds would differ. */
    @Test
    void hasNeitherTimeNorSerialNumber() {
        assertFalse(bill.has("serialNumber"));
        assertFalse(bill.get("metadata").has("timestamp"));
    }
}
