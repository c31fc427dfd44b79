package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** The TCP services with third-party clients. */
class ForeignTcpIT {
    private static final int NOISE_BYTES = 64 * 1024 * 1024;
    private static final int SEED = 862;
    private static final long DEADLINE_SECONDS = 50;

    @TempDir private static Path folder;
    private static Path random;
    private static String randomSha;

    @BeforeAll
    static void makeRandomInput() throws IOException, NoSuchAlgorithmException {
        byte[] bytes = new byte[NOISE_BYTES];
        new Random(SEED).nextBytes(bytes);
        random = Files.write(folder.resolve("random"), bytes);
        randomSha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static RunningProcess serve(String service) {
        return ProcessCommand.of("tcp-server", "--service", service, "127.0.0.1", "0").start();
    }

    private static String run(String script) {
        ProcessResult ended = ProcessCommand.sh(script).run(DEADLINE_SECONDS);
        assertEquals(0, ended.status(), ended::err);
        return ended.out();
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void greetRecordsText(ThirdPartyClient tool) {
        tool.need();
        try (RunningProcess server = serve("greet")) {
            String client = "printf 'hello sever!' | " + tool.tcp(server.port());
            assertEquals("hello client!", run(client));
            assertEquals("hello sever!\n", server.signal("TERM").end().out());
        }
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void receiveRecordsLines(ThirdPartyClient tool) {
        tool.need();
        try (RunningProcess server = serve("receive")) {
            String client = "printf 'one\\r\\n\\ntwo\\nthree' | " + tool.tcp(server.port());
            assertEquals("", run(client));
            assertEquals("one\n\ntwo\nthree\n", server.signal("TERM").end().out());
        }
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void echoReturnsTextWhileItIsTyped(ThirdPartyClient tool) throws IOException {
        tool.need();
        try (RunningProcess server = serve("echo");
                RunningProcess client =
                        ProcessCommand.sh("exec " + tool.tcp(server.port())).start()) {
            OutputStream keys = client.process().getOutputStream();
            for (String line : new String[] {"first", "second"}) {
                keys.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
                keys.flush();
                client.awaitOut(line);
            }
            keys.close();
            assertEquals(new ProcessResult(0, "first\nsecond\n", ""), client.end());
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void echoReturnsRandomBytes(ThirdPartyClient tool) {
        tool.need();
        try (RunningProcess server = serve("echo")) {
            String client = tool.tcp(server.port()) + " <'" + random + "' | sha256sum";
            assertEquals(randomSha + "  -\n", run(client));
            ProcessResult ended = server.signal("TERM").end();
            String bytes = ": 0 messages from 1 connection, %d B received, %d B sent, ";
            assertTrue(ended.err().contains(bytes.formatted(NOISE_BYTES, NOISE_BYTES)), ended::err);
        }
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void discardAcceptsRandomBytes(ThirdPartyClient tool) {
        tool.need();
        try (RunningProcess server = serve("discard")) {
            assertEquals("", run(tool.tcp(server.port()) + " <'" + random + "'"));
            ProcessResult ended = server.signal("TERM").end();
            String bytes = ": 0 messages from 1 connection, %d B received, 0 B sent, ";
            assertTrue(ended.err().contains(bytes.formatted(NOISE_BYTES)), ended::err);
        }
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void chargenSendsUntilTheClientCloses(ThirdPartyClient tool) {
        tool.need();
        try (RunningProcess server = serve("chargen")) {
            int port = server.port();
            String lines = run(tool.tcpReading(port) + " | head -c 74000");
            assertEquals(generated(1000), lines);
            Await.holds(
                    "no connections",
                    () -> !server.signal("USR1").errLines().getLast().contains(" active, "));
            assertEquals(generated(1), run(tool.tcpReading(port) + " | head -c 74"));
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    /** RFC 864: lines of 72 characters, each one starting with the next of 95. */
    private static String generated(int lines) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < lines; line++) {
            for (int i = 0; i < 72; i++) {
                text.append((char) (' ' + (line + i) % 95));
            }
            text.append("\r\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(ThirdPartyClient.class)
    void messageGapEndsAMessageWithoutHalfClose(ThirdPartyClient tool) throws IOException {
        tool.need();
        try (RunningProcess server = serve("greet");
                RunningProcess client =
                        ProcessCommand.sh("exec " + tool.tcp(server.port())).start()) {
            OutputStream keys = client.process().getOutputStream();
            keys.write("typed\n".getBytes(StandardCharsets.US_ASCII));
            keys.flush();
            assertEquals("typed\\x0A", server.awaitOut("typed"));
            keys.close();
            assertEquals("hello client!", client.end().out());
        }
    }

    @Test
    void clientAcceptsTheCloseOfSocatAsReceipt() throws IOException {
        ThirdPartyClient.SOCAT.need();
        Path answer = folder.resolve("answer");
        Files.writeString(answer, "printf 'hello client!'; cat >got");
        String script = "exec socat -d -d -t 30 TCP4-LISTEN:0,bind=127.0.0.1 EXEC:'sh answer'";
        try (RunningProcess server = ProcessCommand.sh(script).in(folder).start()) {
            ProcessResult client =
                    ProcessCommand.of("tcp-client", "127.0.0.1:" + server.port()).run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), client);
            assertEquals(0, server.end().status());
            assertEquals("hello sever!", Files.readString(folder.resolve("got")));
        }
    }
}
