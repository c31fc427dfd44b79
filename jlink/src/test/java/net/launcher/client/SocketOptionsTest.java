package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.SocketConfig;
import net.launcher.InvocationProbe;
import net.protocol.AddressFamily;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

class SocketOptionsTest {
    private static final InvocationProbe<SocketConfig> TCP = probe(Transport.TCP);
    private static final InvocationProbe<SocketConfig> UDP = probe(Transport.UDP);

    private static InvocationProbe<SocketConfig> probe(Transport transport) {
        return new InvocationProbe<>(
                command -> RunOptions.add(transport, command.targets("Server")),
                invocation -> new RunOptions(transport, invocation).client().socket());
    }

    private static void assertBoth(SocketConfig expected, String... args) {
        assertEquals(expected, TCP.parse(args));
        assertEquals(expected, UDP.parse(args));
    }

    private static void assertBothRefuse(String message, String... args) {
        TCP.assertRefused(message, args);
        UDP.assertRefused(message, args);
    }

    @Test
    void withoutOptionsNothingIsAskedFor() {
        assertBoth(SocketConfig.DEFAULT);
        assertBoth(SocketConfig.DEFAULT, "127.0.0.1");
        assertBoth(SocketConfig.DEFAULT, "::1");
    }

    @Test
    void familyIsTheOneGiven() {
        SocketConfig v4 = SocketConfig.builder().family(AddressFamily.IPV4).build();
        SocketConfig v6 = SocketConfig.builder().family(AddressFamily.IPV6).build();
        assertBoth(v4, "-4");
        assertBoth(v6, "-6", "-6");
        assertBoth(v4, "-4", "127.0.0.1:80");
        assertBoth(v6, "-6", "[::1]:80");
        assertBoth(v6, "-6", "name.example:80");
        assertBoth(v6, "-6", "[fe80::1%nosuch]:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4 -6", "-6 -4", "-46", "-4 -6 -4"})
    void familyIsGivenOnce(String flags) {
        assertBothRefuse("-6 cannot be used with -4", flags.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "-4, IPv4, [::1]:80",
        "-4, IPv4, [2001:db8::1]:80",
        "-6, IPv6, 127.0.0.1:80",
        "-6, IPv6, [::ffff:127.0.0.1]:80",
        "--source=127.0.0.1, IPv4, [::1]:80",
        "--source=::1, IPv6, 127.0.0.1:80"
    })
    void serversAddressIsOfTheFamily(String option, String label, String endpoint) {
        assertBothRefuse(
                "endpoint must be a name or an %s address with %s: %s"
                        .formatted(label, option.replace('=', ' '), endpoint),
                option,
                endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, 0",
        "127.0.0.1:0, 127.0.0.1, 0",
        "127.0.0.9:1, 127.0.0.9, 1",
        "192.0.2.1:65535, 192.0.2.1, 65535",
        "::1, ::1, 0",
        "[::1], ::1, 0",
        "[2001:db8::7]:4000, 2001:db8::7, 4000",
        "0.0.0.0:4000, 0.0.0.0, 4000",
        "[::]:4000, ::, 4000"
    })
    void sourceIsAnAddressAndPerhapsAPort(String text, String address, int port) {
        InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral(address), port);
        assertEquals(Optional.of(source), TCP.parse("--source", text).source());
        assertEquals(Optional.of(source), UDP.parse("--source=" + text).source());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "name.example:80",
                ":80",
                "80",
                "127.0.0.1:",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1:x",
                "127.1",
                "[::1",
                "[127.0.0.1]:80",
                "::1%nosuch",
                "fe80::1%nosuch"
            })
    void sourceThatIsNoAddressIsRefused(String text) {
        assertBothRefuse(
                "--source must be an address of this machine, as ADDRESS or ADDRESS:PORT: " + text,
                "--source=" + text);
    }

    @ParameterizedTest
    @CsvSource({
        "-4, IPv4, ::1",
        "-4, IPv4, [::1]:80",
        "-6, IPv6, 127.0.0.1",
        "-6, IPv6, 127.0.0.1:80"
    })
    void sourceIsOfTheFamily(String flag, String label, String source) {
        assertBothRefuse(
                "--source must be an " + label + " address with " + flag + ": " + source,
                flag,
                "--source",
                source);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1024, 1024",
        "64K, 65536",
        "64KB, 64000",
        "1.5K, 1536",
        "4M, 4194304",
        "1G, 1073741824",
        "2147483647, 2147483647"
    })
    void bufferIsOfTheSizeGiven(String text, int bytes) {
        assertBoth(
                SocketConfig.builder().receiveBufferBytes(bytes).build(), "--receive-buffer", text);
        assertBoth(SocketConfig.builder().sendBufferBytes(bytes).build(), "--send-buffer", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.5", "2G", "2147483648", "3GB"})
    void sizeOutOfRangeIsRefused(String text) {
        String rule = " must be a size from 1 to 2147483647, such as 64K or 1M: " + text;
        assertBothRefuse("--receive-buffer" + rule, "--receive-buffer=" + text);
        assertBothRefuse("--send-buffer" + rule, "--send-buffer=" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "", "x", "+1"})
    void sizeThatIsNoneIsRefused(String text) {
        String rule =
                " must be in bytes, K, M or G (1024-based), or KB, MB or GB (1000-based): " + text;
        assertBothRefuse("--receive-buffer" + rule, "--receive-buffer=" + text);
        assertBothRefuse("--send-buffer" + rule, "--send-buffer=" + text);
    }

    /** RFC 3246: 46; RFC 2597: 34; RFC 2474: CS1 is 8. */
    @ParameterizedTest
    @CsvSource({"0, 0", "63, 63", "EF, 46", "af41, 34", "CS1, 8"})
    void markIsANumberOrAName(String text, int dscp) {
        assertBoth(SocketConfig.builder().dscp(dscp).build(), "--dscp", text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "64 | ''",
                "EFF | ', or CS0 to CS7, AF11 to AF43, EF or LE'",
                "0x2e | ', or CS0 to CS7, AF11 to AF43, EF or LE'",
                "-1 | ', or CS0 to CS7, AF11 to AF43, EF or LE'"
            })
    void markThatIsNoneIsRefused(String text, String names) {
        assertBothRefuse(
                "--dscp must be a number from 0 to 63" + names + ": " + text, "--dscp=" + text);
    }

    @Test
    void delayIsForTcpAlone() {
        assertEquals(SocketConfig.DEFAULT, TCP.parse());
        assertEquals(SocketConfig.builder().noDelay(false).build(), TCP.parse("--no-nodelay"));
        TCP.assertRefused("unknown option: --nodelay", "--nodelay");
        UDP.assertRefused("unknown option: --no-nodelay", "--no-nodelay");
        assertTrue(TCP.help().contains("--no-nodelay"));
        assertFalse(UDP.help().contains("nodelay"));
    }

    @Test
    void allOfThemGoTogether() {
        InetSocketAddress source = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4000);
        assertEquals(
                SocketConfig.builder()
                        .family(AddressFamily.IPV4)
                        .source(source)
                        .receiveBufferBytes(65_536)
                        .sendBufferBytes(32_768)
                        .dscp(46)
                        .noDelay(false)
                        .build(),
                TCP.parse(
                        "-4",
                        "--source=127.0.0.1:4000",
                        "--receive-buffer=64K",
                        "--send-buffer=32K",
                        "--dscp=EF",
                        "--no-nodelay",
                        "127.0.0.1"));
    }
}
