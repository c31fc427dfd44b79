package net.protocol;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.internal.Preconditions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Random;

class HostsTest {
    private static final String LABEL_63 = "a".repeat(63);

    /** Three labels of 63 letters, each with its dot: 192 characters. */
    private static final String NAME_192 = (LABEL_63 + ".").repeat(3);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\tb",
                "a\nb",
                "a\u001b[31mb",
                "a\u007fb",
                "a\u0085b",
                "a\u202eb",
                "a b",
                " host",
                "host ",
                " ",
                "h\u00f4te",
                "\uff11",
                "user@host",
                "host/80",
                "host\\x",
                "a..b",
                ".a",
                ".",
                "..",
                "a..",
                "-1",
                "-a",
                "a-",
                "a.-b.c",
                "a.b-.c",
                "]",
                "%eth0"
            })
    void rejectsInvalidNames(String host) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> Hosts.check(host));
        assertEquals("host must be a valid name or address: " + host, thrown.getMessage());
    }

    @Test
    void labelHasAtMost63Characters() {
        assertDoesNotThrow(() -> Hosts.check(LABEL_63));
        assertDoesNotThrow(() -> Hosts.check("x." + LABEL_63 + ".y"));
        assertRefusedName("a".repeat(64));
        assertRefusedName("x." + "a".repeat(64) + ".y");
    }

    @Test
    void nameHasAtMost253CharactersWithoutFinalDot() {
        assertDoesNotThrow(() -> Hosts.check(NAME_192 + "a".repeat(60)));
        assertDoesNotThrow(() -> Hosts.check(NAME_192 + "a".repeat(61)));
        assertDoesNotThrow(() -> Hosts.check(NAME_192 + "a".repeat(61) + "."));
        assertRefusedName(NAME_192 + "a".repeat(62));
        assertRefusedName(NAME_192 + "a".repeat(62) + ".");
    }

    private static void assertRefusedName(String host) {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> Hosts.check(host));
        assertEquals(
                "host must be a valid name or address: " + Preconditions.shown(host),
                thrown.getMessage());
    }

    /** Written forms and the printed one (RFC 5952, sections 1, 2 and 4). */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:1:0:0:1,                     2001:db8::1:0:0:1",
        "2001:0db8:0:0:1:0:0:1,                    2001:db8::1:0:0:1",
        "2001:db8::1:0:0:1,                        2001:db8::1:0:0:1",
        "2001:db8::0:1:0:0:1,                      2001:db8::1:0:0:1",
        "2001:0db8::1:0:0:1,                       2001:db8::1:0:0:1",
        "2001:db8:0:0:1::1,                        2001:db8::1:0:0:1",
        "2001:DB8:0:0:1::1,                        2001:db8::1:0:0:1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001,   2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
        "2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA,   2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa",
        "2001:db8:aaaa:bbbb:cccc:dddd::1,          2001:db8:aaaa:bbbb:cccc:dddd:0:1",
        "2001:db8:aaaa:bbbb:cccc:dddd:0:1,         2001:db8:aaaa:bbbb:cccc:dddd:0:1",
        "2001:db8:0:0:0::1,                        2001:db8::1",
        "2001:0db8::0001,                          2001:db8::1",
        "2001:db8:0:0:0:0:2:1,                     2001:db8::2:1",
        "2001:db8::1:1:1:1:1,                      2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1,                       2001:0:0:1::1",
        "0:1:2:3:4:5:6:7,                          0:1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:0,                          1:2:3:4:5:6:7:0",
        "0:0:2:3:4:5:6:7,                          ::2:3:4:5:6:7",
        "1:2:3:4:5:6:0:0,                          1:2:3:4:5:6::",
        "0:0:1:0:0:0:0:0,                          0:0:1::",
        "10:0:0:100:0:0:0:1000,                    10:0:0:100::1000",
        "1:0:0:0:0:0:0:0,                          1::",
        "0:0:0:0:0:0:0:1,                          ::1",
        "0:0:0:0:0:0:0:0,                          ::"
    })
    void printsIpv6InFormOfRfc5952(String written, String printed) {
        assertEquals(printed, Hosts.numeric(InetAddress.ofLiteral(written)));
    }

    @Test
    void keepsZone() throws UnknownHostException {
        assertEquals("fe80::1%3", Hosts.numeric(scoped("fe80::1")));
        assertEquals("fe80::2:3:4:5%3", Hosts.numeric(scoped("fe80::2:3:4:5")));
        assertEquals("fe80::%3", Hosts.numeric(scoped("fe80::")));
        assertEquals("fe80:1:2:3:4:5:6:7%3", Hosts.numeric(scoped("fe80:1:2:3:4:5:6:7")));
    }

    private static InetAddress scoped(String address) throws UnknownHostException {
        return Inet6Address.getByAddress(null, InetAddress.ofLiteral(address).getAddress(), 3);
    }

    @Test
    void printsIpv4InDottedDecimal() {
        assertEquals("192.0.2.1", Hosts.numeric(InetAddress.ofLiteral("192.0.2.1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".:1", "%a:b", "g::1", "[::1]", "1.2.3", "0x7f.1", "::ffff:1.2.3", "1::%"})
    void rejectsLiteralsThatJdksReadDifferently(String host) {
        assertThrows(IllegalArgumentException.class, () -> Hosts.check(host));
    }

    /** {@link InetAddress#ofLiteral} accepts only literals, so no name was looked up. */
    @Test
    void numericHostsAreLiterals() throws Exception {
        Random random = new Random(1);
        String alphabet = "0123:::...afx";
        int numeric = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 2 + random.nextInt(8); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String host = text.toString();
            if (isAccepted(host) && Hosts.isNumeric(host)) {
                assertEquals(InetAddress.ofLiteral(host), Hosts.literal(host), host);
                numeric++;
            }
        }
        assertTrue(numeric > 1000, () -> "too few literals to be a test");
    }

    /**
     * The texts are those of {@code gai_strerror} in the GNU C library; the last is the cache's.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.test: Name or service not known",
                "a.test: No address associated with hostname",
                "a.test: Address family for hostname not supported",
                "a.test"
            })
    void deniedNameIsNotFound(String text) {
        UnknownHostException cause = new UnknownHostException(text);
        UnknownHostException failure = Hosts.failure("a.test", cause);
        assertEquals("name not found", failure.getMessage());
        assertEquals(UnknownHostException.class, failure.getClass());
        assertSame(cause, failure.getCause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temporary failure in name resolution",
                "non-recoverable failure in name resolution",
                "memory allocation failure",
                "system error",
                "too many open files"
            })
    void otherFailuresAreThoseOfTheResolver(String text) {
        String system = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        UnknownHostException cause = new UnknownHostException("a.test: " + system);
        UnknownHostException failure = Hosts.failure("a.test", cause);
        assertEquals(text, failure.getMessage());
        assertEquals(ResolverException.class, failure.getClass());
        assertSame(cause, failure.getCause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid", "a.invalid", "A.INVALID."})
    void invalidNamesNeedNoResolver(String name) {
        UnknownHostException failure =
                assertThrows(UnknownHostException.class, () -> Hosts.lookUp(name));
        assertEquals("name not found", failure.getMessage());
    }

    private static boolean isAccepted(String host) {
        try {
            Hosts.check(host);
            return true;
        } catch (IllegalArgumentException expected) {
            return false;
        }
    }
}
