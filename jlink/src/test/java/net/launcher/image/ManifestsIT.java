package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The manifests for Kubernetes. There is no cluster: their commands run on a host of its own. */
@Tag("release")
class ManifestsIT {
    private static final String CLIENT_METRICS = "http://127.0.0.1:9466/metrics";

    @TempDir private Path folder;

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
    @ValueSource(strings = {"kubernetes/servers.yaml", "kubernetes/mesh.yaml"})
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
    @ValueSource(strings = {"kubernetes/servers.yaml", "kubernetes/mesh.yaml"})
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
    @ValueSource(strings = {"kubernetes/servers.yaml", "kubernetes/mesh.yaml"})
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

    /** Looks up the members in a file of hosts that changes. */
    @Test
    void meshFollowsItsMembers() throws IOException {
        JsonNode pod = pod("kubernetes/mesh.yaml");
        Path script =
                Files.writeString(
                        folder.resolve("measure"),
                        document("kubernetes/mesh.yaml", "ConfigMap").at("/data/measure").asText());
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 netpair-mesh\n");
        JsonNode container =
                list(pod.get("containers")).stream()
                        .filter(any -> any.get("name").asText().equals("tcp-client"))
                        .findFirst()
                        .orElseThrow();
        List<String> command = command(container);
        assertEquals("/etc/netpair/measure", command.get(1));
        command.set(1, script.toString());
        // Seconds between look-ups.
        command.set(4, "1");
        String line = String.join(" ", command);
        try (NetworkNamespace host =
                        NetworkNamespace.start().with("lo", "10.1.0.1/32", "fd01::1/128");
                RunningProcess server = host.launch("tcp-server", "echo=:7007").start()) {
            assertEquals(7007, server.port());
            host.sh("mount --bind '" + hosts + "' /etc/hosts");
            String path =
                    "PATH=" + ProcessCommand.IMAGE.resolve("bin") + ":$PATH; cd '" + folder + "'; ";
            try (RunningProcess mesh = host.script(path + "exec " + line).start()) {
                awaitTargets(host, "127.0.0.1:7007");
                Files.writeString(hosts, "10.1.0.1 netpair-mesh\nfd01::1 netpair-mesh\n");
                awaitTargets(host, "10.1.0.1:7007", "[fd01::1]:7007");
                // Without an answer, the targets remain.
                Files.writeString(hosts, "");
                awaitTargets(host, "10.1.0.1:7007", "[fd01::1]:7007");
                ProcessResult ended = mesh.signal("TERM").end();
                assertEquals(0, ended.status(), ended::toString);
            }
        }
    }

    /** Waits until exchanges with these targets, and with no others, succeed. */
    private static void awaitTargets(NetworkNamespace host, String... targets) {
        Pattern answered =
                Pattern.compile("(?m)^netpair_exchanges_total\\{.*result=\"ok\".*} [1-9][0-9.e]*$");
        Await.holds(
                "exchanges with " + List.of(targets),
                () -> {
                    String page = host.python("http_get.py", CLIENT_METRICS).run().out();
                    Set<String> found =
                            answered.matcher(page)
                                    .results()
                                    .map(match -> match.group().split("target=\"")[1])
                                    .map(text -> text.substring(0, text.indexOf('"')))
                                    .collect(Collectors.toSet());
                    return found.equals(Set.of(targets));
                });
    }
}
