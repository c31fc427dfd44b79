package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of {@code --config}. */
class ConfigFileIT {
    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("lab.conf"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void serverHasTheOptionsOfTheFile(String transport) throws IOException {
        Path config = file("# lab\nOPTIONS=\"--service echo --format json\"\n127.0.0.1\n0\n");
        try (RunningProcess server =
                        ProcessCommand.of(transport + "-server", "--config", config.toString())
                                .start();
                ServerUnderTest tested = new ServerUnderTest(transport, "echo", server)) {
            assertEquals(0, tested.client("-m", "hello").run().status());
            EventList events = EventList.of(server.signal("TERM").end().out());
            assertEquals("echo", events.named("listening").getFirst().get("service").asText());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void hangUpDoesNotEndTheServer(String name) throws IOException {
        Path config = file("127.0.0.1:0\n");
        try (RunningProcess server = ProcessCommand.of(name, "--config=" + config).start()) {
            server.port();
            server.signal("HUP").awaitTotals(name + ": 0 messages from ");
            ProcessResult ended = server.signal("HUP").signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(ended.err().lines().count() >= 3, ended::err);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp-server", "udp-server"})
    void invalidLineIsReportedWithItsPlace(String name) throws IOException {
        Path config = file("# lab\n--service echo\n--foo\n");
        assertRefused(name, config + ":3: unknown option: --foo", config);
        file("--output /var/log/gr\u00fc\u00dfe\n--drain\u00a01s");
        assertRefused(name, config + ":2: unknown option: --drain\u00a01s", config);
        file("--service echo\n-c none\n");
        assertRefused(name, config + ":2: --count must be a number from 1 to 2^63-1: none", config);
        Files.write(config, new byte[] {'-', '4', '\n', (byte) 0xff});
        assertRefused(name, config + ":2: line must be valid UTF-8", config);
        Path missing = folder.resolve("missing.conf");
        assertRefused(
                name, "--config: read " + missing + " failed: no such file or directory", missing);
        assertRefused(name, "--config: read " + folder + " failed: is a directory", folder);
        Files.write(config, new byte[(1 << 20) + 1]);
        assertRefused(name, "--config: file must be at most 1M: " + config, config);
    }

    private static void assertRefused(String name, String message, Path config) {
        assertEquals(
                new ProcessResult(2, "", name + ": " + message + " (see " + name + " --help)\n"),
                ProcessCommand.of(name, "--config", config.toString()).run());
    }

    @Test
    void portInUseOfTheFileIsALocalFailure() throws IOException {
        try (ServerUnderTest other = ServerUnderTest.of("tcp", "echo")) {
            Path config = file(other.endpoint());
            String message =
                    "tcp-server: listen on "
                            + other.endpoint()
                            + " failed: address already in use\n";
            assertEquals(
                    new ProcessResult(2, "", message),
                    ProcessCommand.of("tcp-server", "--config", config.toString()).run());
        }
    }

    @Test
    void clientsHaveNoConfig() throws IOException {
        String message =
                "tcp-client: --config is an option of tcp-server and udp-server"
                        + " (see tcp-client --help)\n";
        assertEquals(
                new ProcessResult(2, "", message),
                ProcessCommand.of("tcp-client", "--config", file("").toString()).run());
    }
}
