package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Port checks compared with the TCP probe of Prometheus' blackbox exporter, which must have the
 * same verdict on the same target.
 */
@Tag("release")
class BlackboxIT {
    /** Response code for a name that does not exist (RFC 1035, section 4.1.1). */
    private static final int NXDOMAIN = 3;

    private static final String MODULES =
            """
            modules:
              tcp_connect:
                prober: tcp
                timeout: 2s
            """;

    @TempDir private static Path folder;
    private static final List<RunningProcess> SERVERS = new ArrayList<>();
    private static NetworkNamespace near;
    private static NetworkNamespace far;

    @BeforeAll
    static void start() throws IOException {
        Assume.success("prometheus-blackbox-exporter", "--version");
        near = NetworkNamespace.start();
        far = near.join();
        near.with("net0", "10.1.0.1/24", "fd01::1/64");
        far.with("net0", "10.1.0.2/24", "fd01::2/64");
        // The far host forwards nothing, so packets to others are dropped silently.
        near.sh("ip route add 10.2.0.0/24 via 10.1.0.2");
        near.sh("ip route add unreachable 10.3.0.0/24");
        bind("resolv.conf", "nameserver 127.0.0.1\n");
        bind("hosts", "10.1.0.2 far.test\n");
        serve(near.python("dns_error.py", NXDOMAIN), false, "ready");
        serve(far.python("tcp_close.py", "10.1.0.2", "7010"), false, "ready");
        serve(far.python("tcp_close.py", "fd01::2", "7010"), false, "ready");
        serve(far.launch("tcp-server", "--service", "echo", ":7007"), true, "listening on");
        serve(far.launch("tcp-server", "--service", "greet", ":8888"), true, "listening on");
        Path modules = Files.writeString(folder.resolve("modules.yml"), MODULES);
        String exporter =
                "exec prometheus-blackbox-exporter --web.listen-address=127.0.0.1:9115"
                        + " --config.file='"
                        + modules
                        + "'";
        serve(near.script(exporter), true, "Listening on");
    }

    private static void bind(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        near.need("mount --bind '" + file + "' /etc/" + name);
    }

    private static void serve(ProcessCommand command, boolean onError, String ready) {
        RunningProcess server = command.start();
        SERVERS.add(server);
        if (onError) {
            server.awaitErr(ready);
        } else {
            server.awaitOut(ready);
        }
    }

    @AfterAll
    static void close() {
        SERVERS.forEach(RunningProcess::close);
        if (near != null) {
            far.close();
            near.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "open, 10.1.0.2:7007, true",
        "open over IPv6, [fd01::2]:7007, true",
        "open by name, far.test:7007, true",
        "sends first, 10.1.0.2:8888, true",
        "closes at once, 10.1.0.2:7010, true",
        "closes at once over IPv6, [fd01::2]:7010, true",
        "closed, 10.1.0.2:7009, false",
        "closed over IPv6, [fd01::2]:7009, false",
        "dropped, 10.2.0.1:7007, false",
        "no route, 10.3.0.1:7007, false",
        "no such host, 10.1.0.9:7007, false",
        "unknown name, nowhere.test:7007, false"
    })
    void verdictsAreTheSame(String what, String target, boolean isOpen) {
        String url = "http://127.0.0.1:9115/probe?module=tcp_connect&target=" + target;
        String probe =
                near.run("http_get.py", url).stream()
                        .filter(line -> line.startsWith("probe_success "))
                        .findFirst()
                        .orElseThrow();
        assertEquals("probe_success " + (isOpen ? 1 : 0), probe, what);
        ProcessResult check =
                near.launch("tcp-client", "--service", "connect", "--timeout", "2s", target).run();
        assertEquals(isOpen ? 0 : 1, check.status(), check::toString);
        assertTrue(isOpen == check.err().isEmpty(), check::toString);
    }
}
