import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Completes the software bill of materials that the CycloneDX plugin has made of the Maven
 * dependencies: adds the JDK modules of the runtime, removes dependencies that it does not contain,
 * such as annotations, and says how picocli was compiled. Arguments: the bill of the plugin, the
 * file "release" of the runtime, the completed bill.
 */
void main(String... args) throws IOException {
    JsonObject bill = JsonParser.parseString(Files.readString(Path.of(args[0]))).getAsJsonObject();
    Properties release = new Properties();
    try (var in = Files.newBufferedReader(Path.of(args[1]))) {
        release.load(in);
    }
    List<String> modules = List.of(unquoted(release, "MODULES").split(" "));
    JsonObject program = bill.getAsJsonObject("metadata").getAsJsonObject("component");
    program.addProperty("name", "netpair");
    // The archive is not in a Maven repository.
    program.remove("purl");
    JsonArray components = new JsonArray();
    JsonArray dependencies = bill.getAsJsonArray("dependencies");
    for (var element : bill.getAsJsonArray("components")) {
        JsonObject component = element.getAsJsonObject();
        if (isAnyOf(modules, component.get("name").getAsString())) {
            components.add(component);
        } else {
            removeDependency(dependencies, component.get("bom-ref"));
        }
    }
    describeCompilation(find(components, "name", new JsonPrimitive("picocli")));
    JsonObject jdk = jdk(unquoted(release, "JAVA_VERSION"), modules);
    components.add(jdk);
    bill.add("components", components);
    addDependency(dependencies, program.get("bom-ref"), jdk.get("bom-ref"));
    String text = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(bill);
    Files.writeString(Path.of(args[2]), text + "\n");
}

/** Returns whether a module has the name of an artifact, perhaps after that of its owner. */
boolean isAnyOf(List<String> modules, String artifact) {
    return modules.stream().anyMatch(m -> m.equals(artifact) || m.endsWith("." + artifact));
}

/** Returns the first object with this value of a member. */
JsonObject find(JsonArray objects, String member, JsonElement value) {
    for (var object : objects) {
        if (object.getAsJsonObject().get(member).equals(value)) {
            return object.getAsJsonObject();
        }
    }
    throw new IllegalStateException("no " + member + " is " + value);
}

String unquoted(Properties release, String key) {
    return release.getProperty(key).replace("\"", "");
}

/** The classes differ from the published ones, and so do their digests. */
void describeCompilation(JsonObject component) {
    component.remove("hashes");
    JsonObject pedigree = new JsonObject();
    pedigree.addProperty(
            "notes", "Compiled from the published sources with javac --release 25, unchanged.");
    component.add("pedigree", pedigree);
}

/** Returns a component of the JDK, with its modules as parts. */
JsonObject jdk(String version, List<String> modules) {
    JsonObject jdk = component("platform", "OpenJDK", version);
    jdk.addProperty("cpe", "cpe:2.3:a:oracle:openjdk:" + version + ":*:*:*:*:*:*:*");
    JsonArray parts = new JsonArray();
    modules.stream()
            .filter(module -> module.startsWith("java.") || module.startsWith("jdk."))
            .sorted()
            .forEach(module -> parts.add(component("library", module, version)));
    jdk.add("components", parts);
    return jdk;
}

JsonObject component(String type, String name, String version) {
    JsonObject component = new JsonObject();
    component.addProperty("type", type);
    component.addProperty("bom-ref", name + "@" + version);
    component.addProperty("name", name);
    component.addProperty("version", version);
    JsonObject licence = new JsonObject();
    licence.addProperty("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
    JsonArray licences = new JsonArray();
    licences.add(licence);
    component.add("licenses", licences);
    return component;
}

/** Makes the program depend on the JDK. */
void addDependency(JsonArray dependencies, JsonElement program, JsonElement jdk) {
    find(dependencies, "ref", program).getAsJsonArray("dependsOn").add(jdk);
    JsonObject leaf = new JsonObject();
    leaf.add("ref", jdk);
    leaf.add("dependsOn", new JsonArray());
    dependencies.add(leaf);
}

void removeDependency(JsonArray dependencies, JsonElement ref) {
    dependencies.remove(find(dependencies, "ref", ref));
    for (var dependency : dependencies) {
        JsonArray dependsOn = dependency.getAsJsonObject().getAsJsonArray("dependsOn");
        if (dependsOn != null) {
            dependsOn.remove(ref);
        }
    }
}
