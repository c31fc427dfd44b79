package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files of the image for Prometheus, Grafana and Kubernetes. */
final class Deployment {
    static final Path EXAMPLES = ProcessCommand.IMAGE.resolve("share/doc/netpair/examples");

    /** A metric of the programs, but no part of the name of a recorded series. */
    private static final Pattern METRIC = Pattern.compile("(?<![:\\w])netpair_\\w+(?![:\\w])");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Deployment() {}

    static String read(String file) {
        try {
            return Files.readString(EXAMPLES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the documents of a YAML file; skips the test without Python's parser. */
    static JsonNode yaml(String file) {
        Assume.success("python3", "-c", "import yaml");
        String script =
                "import json, sys, yaml;"
                        + " print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))";
        ProcessResult ended =
                ProcessCommand.at(Path.of("python3"), "-c", script)
                        .with(EXAMPLES.resolve(file).toString())
                        .run();
        assertEquals(0, ended.status(), ended::toString);
        return json(ended.out());
    }

    /** Returns the names of the metrics in a text, without the suffixes of histograms. */
    static Set<String> metrics(String text) {
        Set<String> names = new TreeSet<>();
        METRIC.matcher(text)
                .results()
                .forEach(match -> names.add(match.group().replaceFirst("_bucket$", "")));
        return names;
    }

    /** Returns the expressions of the dashboard, with values for its variables. */
    static List<String> expressions() {
        return json(read("grafana/netpair.json")).findValuesAsText("expr").stream()
                .map(
                        expr ->
                                expr.replace("$__rate_interval", "30s")
                                        .replace("$__range", "1m")
                                        .replaceAll("\\$\\w+", ".*"))
                .toList();
    }
}
