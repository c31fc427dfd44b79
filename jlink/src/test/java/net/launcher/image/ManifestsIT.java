package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The manifests for Kubernetes. There is no cluster: their commands run on a host of its own. */
@Tag("release")
class ManifestsIT {

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> texts(JsonNode array) {
        return list(array).stream().map(JsonNode::asText).toList();
    }

    private static JsonNode document(String file, String kind) {
        return list(Deployment.yaml(file)).stream()
                .filter(document -> document.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode pod(String file) {
        String kind = file.contains("mesh") ? "DaemonSet" : "Deployment";
        return document(file, kind).at("/spec/template/spec");
    }

    private static List<String> command(JsonNode container) {
        List<String> command = new ArrayList<>(texts(container.get("command")));
        command.addAll(texts(container.get("args")));
        return command;
    }

    @ParameterizedTest
    @ValueSource(strings = "kubernetes/servers.yaml")
    void containersAreRestricted(String file) {
        JsonNode pod = pod(file);
        assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(65532, pod.at("/securityContext/runAsUser").asInt());
        for (JsonNode container : pod.get("containers")) {
            JsonNode security = container.get("securityContext");
            assertTrue(security.get("readOnlyRootFilesystem").asBoolean());
            assertTrue(!security.get("allowPrivilegeEscalation").asBoolean(true));
            assertEquals(List.of("ALL"), texts(security.at("/capabilities/drop")));
            assertTrue(container.at("/resources/limits/memory").isTextual());
            assertTrue(container.at("/resources/limits/cpu").isTextual());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "kubernetes/servers.yaml")
    void serviceSelectsThePodsAndTheirPorts(String file) {
        JsonNode service = document(file, "Service");
        String kind = file.contains("mesh") ? "DaemonSet" : "Deployment";
        JsonNode labels = document(file, kind).at("/spec/template/metadata/labels");
        service.at("/spec/selector")
                .properties()
                .forEach(label -> assertEquals(label.getValue(), labels.get(label.getKey())));
        List<String> ports =
                list(pod(file).get("containers")).stream()
                        .flatMap(container -> list(container.get("ports")).stream())
                        .map(ManifestsIT::port)
                        .toList();
        assertEquals(ports.size(), ports.stream().distinct().count());
        for (JsonNode port : service.at("/spec/ports")) {
            String target = port.get("targetPort").asText() + "/" + port.path("protocol").asText();
            assertTrue(ports.contains(target), target);
        }
    }

    private static String port(JsonNode port) {
        assertTrue(port.get("name").asText().length() <= 15);
        return port.get("name").asText() + "/" + port.path("protocol").asText();
    }

    /** On all addresses, the probes answer, and SIGTERM ends the server within its grace period. */
    @ParameterizedTest
    @ValueSource(strings = "kubernetes/servers.yaml")
    void serversStartAndAnswerTheirProbes(String file) {
        JsonNode pod = pod(file);
        try (NetworkNamespace host = NetworkNamespace.start().with("lo", "10.1.0.1/32")) {
            for (JsonNode container : pod.get("containers")) {
                if (!container.get("name").asText().endsWith("-server")) {
                    continue;
                }
                List<String> command = command(container);
                String[] args = command.subList(1, command.size()).toArray(String[]::new);
                try (RunningProcess server = host.launch(command.getFirst(), args).start()) {
                    for (JsonNode port : container.get("ports")) {
                        server.awaitErr(":" + port.get("containerPort").asInt());
                    }
                    assertProbed(host, container, "readinessProbe");
                    assertProbed(host, container, "livenessProbe");
                    assertEquals(0, server.signal("TERM").end().status());
                }
                int drain =
                        Integer.parseInt(
                                command.get(command.indexOf("--drain") + 1).replace("s", ""));
                int pause = container.at("/lifecycle/preStop/exec/command/1").asInt(0);
                assertTrue(pause + drain < pod.get("terminationGracePeriodSeconds").asInt());
            }
        }
    }

    /** Expects success of a probe. */
    private static void assertProbed(NetworkNamespace host, JsonNode container, String probe) {
        JsonNode get = container.at("/" + probe + "/httpGet");
        int number =
                list(container.get("ports")).stream()
                        .filter(port -> port.get("name").equals(get.get("port")))
                        .findFirst()
                        .orElseThrow()
                        .get("containerPort")
                        .asInt();
        String url = "http://10.1.0.1:" + number + get.get("path").asText();
        host.run("http_get.py", url);
    }
}
