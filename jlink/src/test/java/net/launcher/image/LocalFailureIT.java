package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses that this machine's own configuration makes unusable. */
class LocalFailureIT {
    private static final String EXPLAINED =
            "failed: invalid argument (no zone, a loopback source, or a blackhole route)";

    @AutoClose private static NetworkNamespace other;
    @AutoClose private static NetworkNamespace host;

    @BeforeAll
    static void addRoutes() {
        other = NetworkNamespace.start();
        host = other.join();
        host.with("net0", "10.1.0.9/24", "fd01::9/64");
        host.sh("ip route add blackhole 10.2.0.0/24; ip route add prohibit 10.3.0.0/24");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tcp | 10.2.0.1:9 | local | connect to 10.2.0.1:9 " + EXPLAINED,
                "udp | 10.2.0.1:9 | local | send to 10.2.0.1:9 " + EXPLAINED,
                "tcp | fe80::1 | local | connect to [fe80::1]:8888 " + EXPLAINED,
                "udp | fe80::1 | local | send to [fe80::1]:8888 " + EXPLAINED,
                "udp | ff02::1 | local | send to [ff02::1]:8888 " + EXPLAINED,
                "tcp | --source=127.0.0.1 10.1.0.1:9 | local | connect to 10.1.0.1:9 " + EXPLAINED,
                "udp | --source=127.0.0.1 10.1.0.1:9 | local | send to 10.1.0.1:9 " + EXPLAINED,
                "tcp | fe80::1%no | local | lookup of [fe80::1%no]:8888 failed: no such interface",
                "tcp | 10.3.0.1:9 | permission | connect to 10.3.0.1:9 failed: permission denied",
                "udp | 10.3.0.1:9 | permission | send to 10.3.0.1:9 failed: permission denied"
            })
    void exitsWith2AndAHint(String transport, String args, String kind, String message) {
        ProcessResult ended =
                host.launch(transport + "-client", args.split(" "))
                        .with("--format", "json", "--timeout", "20s")
                        .run();
        assertEquals(2, ended.status(), ended.toString());
        JsonNode error = EventList.of(ended.out()).named("error").getFirst();
        assertEquals(kind, error.get("kind").asText());
        assertEquals(message, error.get("message").asText());
        assertEquals("check ", error.get("hint").asText().substring(0, 6));
    }
}
