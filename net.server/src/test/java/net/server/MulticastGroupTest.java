package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class MulticastGroupTest {
    @ParameterizedTest
    @CsvSource({
        "224.0.0.0,           224.0.0.0, ''",
        "239.255.255.255,     239.255.255.255, ''",
        "239.1.2.3%eth0,      239.1.2.3, eth0",
        "239.1.2.3%eth0.100,  239.1.2.3, eth0.100",
        "::ffff:239.1.2.3,    239.1.2.3, ''",
        "ff02::1,             ff02:0:0:0:0:0:0:1, ''",
        "ff02::1%3,           ff02:0:0:0:0:0:0:1, 3",
        "FF05:0:0::ABC%Eth-0, ff05:0:0:0:0:0:0:abc, Eth-0",
    })
    void parsesAddressAndInterface(String text, String address, String name) {
        MulticastGroup group = MulticastGroup.parse(text);
        assertEquals(new MulticastGroup(InetAddress.ofLiteral(address), name), group);
        assertEquals(address, group.address().getHostAddress());
        assertEquals(name, group.interfaceName());
    }

    @ParameterizedTest
    @CsvSource({
        "239.1.2.3,           239.1.2.3",
        "239.1.2.3%eth0,      239.1.2.3%eth0",
        "::ffff:239.1.2.3,    239.1.2.3",
        "FF05:0:0::ABC%Eth-0, ff05::abc%Eth-0",
        "ff02:0:0:0:0:0:0:1,  ff02::1",
    })
    void textFormCanBeParsed(String text, String printed) {
        MulticastGroup group = MulticastGroup.parse(text);
        assertEquals(printed, group.toString());
        assertEquals(group, MulticastGroup.parse(printed));
    }

    @ParameterizedTest
    @CsvSource({
        "'',               'group must start with a numeric address: '",
        "%eth0,            'group must start with a numeric address: '",
        "localhost,        group must start with a numeric address: localhost",
        "eth0%239.1.2.3,   group must start with a numeric address: eth0",
        "239.1.2.3%,       group must have an interface after %: 239.1.2.3%",
        "223.255.255.255,  address must be multicast: 223.255.255.255",
        "240.0.0.0,        address must be multicast: 240.0.0.0",
        "255.255.255.255,  address must be multicast: 255.255.255.255",
        "0.0.0.0,          address must be multicast: 0.0.0.0",
        "192.0.2.1%lo,     address must be multicast: 192.0.2.1",
        "::ffff:192.0.2.1, address must be multicast: 192.0.2.1",
        "feff::1,          address must be multicast: feff::1",
        "::,               address must be multicast: ::",
        "239,         'host must not have digits only (a port is written :PORT): 239'",
        "239.1.2,          host must be an IPv4 address of four numbers: 239.1.2",
        "239.1.2.256,      host must be an IPv4 address of four numbers: 239.1.2.256",
        "239.1.2.3:5000,   host must be a valid IPv6 address: 239.1.2.3:5000",
        "[ff02::1],        host must be a valid IPv6 address: [ff02::1]",
        "ff02::g,          host must be a valid IPv6 address: ff02::g",
        "239.1.2.3/8,      host must be a valid name or address: 239.1.2.3/8",
        "' 239.1.2.3',     host must be an IPv4 address of four numbers:  239.1.2.3",
    })
    void rejectsOtherForms(String text, String message) {
        assertEquals(message, refusal(text));
    }

    @Test
    void rejectsInterfaceNameAbove64Characters() {
        for (int length : new int[] {1, 63, 64}) {
            String text = "239.1.2.3%" + "x".repeat(length);
            assertEquals(text, MulticastGroup.parse(text).toString());
        }
        for (int length : new int[] {65, 10_000}) {
            assertEquals(
                    "interfaceName must be at most 64 characters long: " + length,
                    refusal("239.1.2.3%" + "x".repeat(length)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "239.1.2.3%%%s", "a%%%s", "%%%s", "ff02::1%%%s", "239.%s", ":%s"})
    void messageOmitsLongTexts(String form) {
        String message = refusal(form.formatted("x".repeat(100_000)));
        assertTrue(message.length() < 200, message);
    }

    /** Random texts of characters that groups have, of which about a tenth are valid. */
    @Test
    void rejectsRandomTextsWithShortMessages() {
        Random random = new Random(4);
        String[] parts = {
            "239.1.2.3",
            "224.0.0",
            ".1",
            "ff02::",
            "ff05",
            "::1",
            "1",
            "%",
            "lo",
            "x",
            "192.0.2.1",
            ""
        };
        int groups = 0;
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(5); part >= 0; part--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            try {
                MulticastGroup group = MulticastGroup.parse(text.toString());
                assertTrue(group.address().isMulticastAddress(), text::toString);
                assertEquals(group, MulticastGroup.parse(group.toString()));
                groups++;
            } catch (IllegalArgumentException refused) {
                String message = refused.getMessage();
                assertTrue(message.contains(" must "), message);
                assertTrue(message.length() < 200, message);
            }
        }
        assertTrue(groups > 500, "too few to show anything: " + groups);
    }

    @Test
    void rejectsNull() {
        InetAddress address = InetAddress.ofLiteral("239.1.2.3");
        assertThrows(NullPointerException.class, () -> new MulticastGroup(null, "lo"));
        assertThrows(NullPointerException.class, () -> new MulticastGroup(address, null));
        assertThrows(NullPointerException.class, () -> MulticastGroup.parse(null));
    }

    @Test
    void namedInterfaceIsUsed() throws Exception {
        NetworkInterface loopback =
                NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
        MulticastGroup group = MulticastGroup.parse("239.1.2.3%" + loopback.getName());
        assertEquals(List.of(loopback), group.interfaces());
    }

    @Test
    void interfaceNumberIsUsed() throws Exception {
        NetworkInterface loopback =
                NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
        MulticastGroup group = MulticastGroup.parse("239.1.2.3%" + loopback.getIndex());
        assertEquals(List.of(loopback), group.interfaces());
        assertThrows(
                SocketException.class, MulticastGroup.parse("239.1.2.3%999999999")::interfaces);
    }

    @Test
    void unknownInterfaceFailsOnUse() {
        MulticastGroup group = MulticastGroup.parse("239.1.2.3%no-such");
        SocketException thrown = assertThrows(SocketException.class, group::interfaces);
        assertEquals("no such interface", thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"239.1.2.3, 4", "ff02::1, 16"})
    void anyInterfaceUsesAllCapableOnes(String text, int addressBytes) throws Exception {
        List<NetworkInterface> expected = new ArrayList<>();
        for (NetworkInterface one : NetworkInterface.networkInterfaces().toList()) {
            boolean hasFamily =
                    one.inetAddresses().anyMatch(at -> at.getAddress().length == addressBytes);
            if (hasFamily && one.isUp() && one.supportsMulticast()) {
                expected.add(one);
            }
        }
        assumeTrue(!expected.isEmpty(), "this machine has no interface for multicast");
        MulticastGroup group = MulticastGroup.parse(text);
        assertEquals(MulticastGroup.ANY_INTERFACE, group.interfaceName());
        assertEquals(expected, group.interfaces());
    }

    private static String refusal(String text) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> MulticastGroup.parse(text));
        return thrown.getMessage();
    }
}
