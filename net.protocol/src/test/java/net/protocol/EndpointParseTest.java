package net.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointParseTest {
    private static final int DEFAULT = 7;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "localhost                |localhost                |7",
                "localhost:80             |localhost                |80",
                "example.com.:80          |example.com.             |80",
                "_sip._tcp.under_score:80 |_sip._tcp.under_score    |80",
                "3com.com                 |3com.com                 |7",
                "x1                       |x1                       |7",
                "HOST.Example             |HOST.Example             |7",
                "192.0.2.1                |192.0.2.1                |7",
                "192.0.2.1:80             |192.0.2.1                |80",
                "0.0.0.0:80               |0.0.0.0                  |80",
                "255.255.255.255          |255.255.255.255          |7",
                ":80                      |''                       |80",
                ":0                       |''                       |0",
                "[::1]                    |::1                      |7",
                "[::1]:80                 |::1                      |80",
                "[::]:80                  |::                       |80",
                "::                       |::                       |7",
                "::1                      |::1                      |7",
                "::1:8f                   |::1:8f                   |7",
                "[::1:80]                 |::1:80                   |7",
                "1::8                     |1::8                     |7",
                "2001:db8::               |2001:db8::               |7",
                "fe80::1%eth0:x           |fe80::1%eth0:x           |7",
                "2001:db8::1              |2001:db8::1              |7",
                "1:2:3:4:5:6:7:8          |1:2:3:4:5:6:7:8          |7",
                "1:2:3:4:5:6:7::          |1:2:3:4:5:6:7::          |7",
                "1:2:3:4:5:6:192.0.2.1    |1:2:3:4:5:6:192.0.2.1    |7",
                "2001:0DB8::0001          |2001:0DB8::0001          |7",
                "::ffff:10.0.0.1          |::ffff:10.0.0.1          |7",
                "[::ffff:10.0.0.1]:80     |::ffff:10.0.0.1          |80",
                "fe80::1%3                |fe80::1%3                |7",
                "fe80::1%br-lan.1_a       |fe80::1%br-lan.1_a       |7",
                "[fe80::1%eth0]           |fe80::1%eth0             |7",
                "[fe80::1%eth0]:80        |fe80::1%eth0             |80",
                "host:0                   |host                     |0",
                "host:1                   |host                     |1",
                "host:65534               |host                     |65534",
                "host:65535               |host                     |65535"
            })
    void parsesEveryForm(String text, String host, int port) {
        assertEquals(new Endpoint(host, port), Endpoint.parse(text, DEFAULT));
    }

    @Test
    void rejectsEmptyText() {
        assertRefused("", "endpoint must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "8888", "0", "2130706433", "8888:80"})
    void rejectsOnlyDigitsWithHint(String text) {
        String host = text.split(":")[0];
        assertRefused(text, "host must not have digits only (a port is written :PORT): " + host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8888x", "80a", "1k"})
    void rejectsMistypedPortWithHint(String text) {
        assertRefused(
                text, "host must not be a number with a letter (a port has digits only): " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.1.1.256",
                "010.0.0.1",
                "1.2.3.04",
                "1.2.3.00",
                "1.2.3.0004",
                "1..2.3",
                ".1.2.3",
                "a.1.2.3",
                "0x7f.0.0.1",
                "example.80",
                "+1.2.3.4",
                "1.2.3.-4.5",
                "127.0.0.1.",
                "127.1.",
                "1.2.3.4.5."
            })
    void rejectsOtherFormsOfIpv4(String text) {
        assertRefused(text, "host must be an IPv4 address of four numbers: " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:b:c",
                "1::2::3",
                ":::",
                "1:2:3:4:5:6:7",
                "1::2:",
                ":1::2",
                "12345::",
                "::00001",
                "g::1",
                "::1.2.3",
                "::256.1.1.1",
                "::ffff:010.0.0.1",
                "::1.2.3.4.5",
                "::\u0668",
                "::\uff41",
                "fe80::1%",
                "fe80::1%eth0%x",
                "fe80::1%eth 0",
                "fe80::1%\u00e9",
                "::[1]",
                ": :1"
            })
    void rejectsInvalidIpv6(String text) {
        assertRefused(text, "host must be a valid IPv6 address: " + text);
    }

    @ParameterizedTest
    @CsvSource({
        "::1:9000, [::1:9000] or [::1]:9000",
        "2001:db8::1:8888, [2001:db8::1:8888] or [2001:db8::1]:8888",
        "1::2:3, [1::2:3] or [1::2]:3",
        ":::1, [::]:1",
        "fe80::1%eth0:1, [fe80::1%eth0:1] or [fe80::1%eth0]:1",
        "::1:65535, [::1]:65535",
        "::1.2.3.4:5, [::1.2.3.4]:5",
        "1:2:3:4:5:6:7:8:9, [1:2:3:4:5:6:7:8]:9"
    })
    void rejectsAddressThatMayEndInAPort(String text, String forms) {
        assertRefused(text, "endpoint must be " + forms + ": " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:80:90", "host:80:", "1.2.3.4:80:90", "h:1:2:3"})
    void rejectsTwoPorts(String text) {
        assertRefused(text, "endpoint must be HOST or HOST:PORT, with one port: " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8888/",
                "tcp://[::1]:80",
                "https://1.2.3.4",
                "://",
                "[://"
            })
    void rejectsUrl(String text) {
        assertRefused(text, "endpoint must be HOST or HOST:PORT, not a URL: " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[]",
                "[]:80",
                "[::1",
                "[::1:80",
                "[1.2.3.4]",
                "[1.2.3.4]:80",
                "[host]:80",
                "[::1]x",
                "[::1]80",
                "[::1] :80",
                "[[::1]]:80"
            })
    void rejectsMisplacedBrackets(String text) {
        assertRefused(text, "endpoint must be [V6] or [V6]:PORT: " + text);
    }

    @Test
    void rejectsInvalidIpv6InBrackets() {
        assertRefused("[a:b:c]:80", "host must be a valid IPv6 address: a:b:c");
        assertRefused("[fe80::1%]:80", "host must be a valid IPv6 address: fe80::1%");
        assertRefused("[[::1]:80", "host must be a valid IPv6 address: [::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x1",
                "+80",
                "-1",
                " 80",
                "80 ",
                "\u0668",
                "\uff18",
                "65536",
                "99999",
                "100000",
                "4294967297",
                "00",
                "080",
                "8888x",
                "8 8",
                "1e3",
                "http"
            })
    void rejectsOtherPorts(String port) {
        String message = "port must be a number from 0 to 65535: " + port;
        assertRefused("host:" + port, message);
        assertRefused(":" + port, message);
        assertRefused("[::1]:" + port, message);
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> Endpoint.parsePort(port));
        assertEquals(message, thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "80, 80", "65535, 65535"})
    void acceptsPortsFrom0To65535(String text, int port) {
        assertEquals(port, Endpoint.parsePort(text));
    }

    @Test
    void rejectsDefaultPortOutOfRange() {
        Exception thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> Endpoint.parse("localhost", 65_536));
        assertEquals("port must be from 0 to 65535: 65536", thrown.getMessage());
    }

    @Test
    void messageQuotes64CharactersOfLongText() {
        int length = 64 * 1024;
        String end = "... (" + length + " characters)";
        String letters = "a".repeat(length);
        String digits = "1".repeat(length);
        String colons = ":".repeat(length);
        assertRefused(
                letters, "host must be a valid name or address: " + letters.substring(0, 64) + end);
        assertRefused(
                digits,
                "host must not have digits only (a port is written :PORT): "
                        + digits.substring(0, 64)
                        + end);
        assertRefused(
                colons, "host must be a valid IPv6 address: " + colons.substring(0, 64) + end);
        assertRefused(
                "host:" + digits,
                "port must be a number from 0 to 65535: " + digits.substring(0, 64) + end);
        assertRefused(
                "[" + letters.substring(1),
                "endpoint must be [V6] or [V6]:PORT: [" + letters.substring(0, 63) + end);
    }

    private static void assertRefused(String text, String message) {
        Exception thrown =
                assertThrows(
                        IllegalArgumentException.class, () -> Endpoint.parse(text, DEFAULT), text);
        assertEquals(message, thrown.getMessage());
    }
}
