package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names on a host whose name server is missing or answers with an error. */
class ResolverFailureIT {
    private static final String FAILURE = "temporary failure in name resolution";

    /** Response codes of RFC 1035, section 4.1.1. */
    private static final int SERVFAIL = 2;

    private static final int REFUSED = 5;

    @TempDir private static Path folder;
    @AutoClose private static NetworkNamespace host;

    @BeforeAll
    static void useOwnResolver() throws IOException {
        host = NetworkNamespace.start();
        Path resolver = folder.resolve("resolv.conf");
        Files.writeString(resolver, "nameserver 127.0.0.1\n");
        host.need("mount --bind " + resolver + " /etc/resolv.conf");
    }

    private static void assertResolverFails(String client) {
        ProcessResult ended =
                host.launch(client, "--format", "json", "--timeout", "20s", "a.test:9").run();
        assertEquals(1, ended.status(), ended.toString());
        assertEquals(client + ": lookup of a.test:9 failed: " + FAILURE + "\n", ended.err());
        EventList events = EventList.of(ended.out());
        assertEquals("dns_failed", events.named("error").getFirst().get("kind").asText());
        assertEquals(
                "check this machine's resolver and its name servers, or give a numeric address",
                events.named("error").getFirst().get("hint").asText());
        assertEquals(1, events.summary().get("errors").get("dns_failed").asInt());
    }

    @ParameterizedTest
    @ValueSource(ints = {SERVFAIL, REFUSED})
    void errorOfTheNameServerIsNoUnknownName(int code) {
        try (RunningProcess server = host.python("dns_error.py", code).start()) {
            server.awaitOut("ready");
            assertResolverFails("tcp-client");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-client", "udp-client"})
    void missingNameServerIsNoUnknownName(String client) {
        assertResolverFails(client);
    }

    /** The exit status is that of the network, even if a threshold was not reached. */
    @Test
    void thresholdDoesNotHideTheFailure() {
        ProcessResult ended =
                host.launch("tcp-client", "--service", "echo", "--fail-if", "loss>1%")
                        .with("--timeout", "20s", "--count", "2", "a.test:9")
                        .run();
        assertEquals(1, ended.status(), ended.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "a.test:9, listen on a.test:9 failed: %s",
        "--allow=a.test, --allow: %s: a.test",
        "--deny=a.test, --deny: %s: a.test"
    })
    void serversReportTheResolver(String argument, String message) {
        for (String server : new String[] {"tcp-server", "udp-server"}) {
            assertEquals(
                    new ProcessResult(1, "", server + ": " + message.formatted(FAILURE) + "\n"),
                    host.launch(server, argument).run());
        }
    }
}
