package net.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;

class AddressFilterTest {
    @ParameterizedTest
    @CsvSource({
        "allow=10.0.0.0/8;deny=10.1.0.0/16,     10.0.255.255,    true",
        "allow=10.0.0.0/8;deny=10.1.0.0/16,     10.1.0.0,        false",
        "allow=10.0.0.0/8;deny=10.1.0.0/16,     10.1.255.255,    false",
        "allow=10.0.0.0/8;deny=10.1.0.0/16,     10.2.0.0,        true",
        "allow=10.0.0.0/8;deny=10.1.0.0/16,     9.255.255.255,   false",
        "allow=10.0.0.0/8;deny=10.1.0.0/16,     ::1,             false",
        "allow=10.1.0.0/16;deny=10.0.0.0/8,     10.1.0.1,        false",
        "allow=10.1.0.1;deny=10.1.0.1,          10.1.0.1,        false",
        "allow=10.0.0.0/8,                      10.0.0.1,        true",
        "allow=10.0.0.0/8,                      11.0.0.0,        false",
        "allow=0.0.0.0/0,                       ::1,             false",
        "allow=::/0,                            127.0.0.1,       false",
        "allow=,                                127.0.0.1,       false",
        "allow=,                                ::1,             false",
        "allow=;deny=,                          127.0.0.1,       false",
        "deny=10.0.0.0/8,                       10.0.0.1,        false",
        "deny=10.0.0.0/8,                       11.0.0.0,        true",
        "deny=10.0.0.0/8,                       ::1,             true",
        "deny=0.0.0.0/0,                        ::1,             true",
        "deny=,                                 127.0.0.1,       true",
        "deny=,                                 ::1,             true",
    })
    void permitsAllowedAddressesUnlessDenied(String filter, String address, boolean permits) {
        assertEquals(permits, AddressFilter.parse(filter).permits(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "::", "2001:db8::1", "fe80::1%2"})
    void permitAllPermitsAll(String address) {
        assertEquals(true, AddressFilter.PERMIT_ALL.permits(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allow=::1,10.0.0.1/8;deny=10.1.0.0/16 | allow=10.0.0.0/8,::1;deny=10.1.0.0/16",
                "allow=10.0.0.0/8                      | allow=10.0.0.0/8;deny=",
                "allow=                                | allow=;deny=",
                "deny=10.0.0.0/8                       | allow=0.0.0.0/0,::/0;deny=10.0.0.0/8",
                "deny=                                 | allow=0.0.0.0/0,::/0;deny=",
            })
    void textFormHasBothRules(String text, String canonical) {
        AddressFilter filter = AddressFilter.parse(text);
        assertEquals(canonical, filter.toString());
        assertEquals(filter, AddressFilter.parse(canonical));
        assertEquals(filter.hashCode(), AddressFilter.parse(canonical).hashCode());
    }

    @Test
    void emptyDenyRulePermitsAll() {
        assertEquals(AddressFilter.PERMIT_ALL, AddressFilter.parse("deny="));
        assertEquals(AddressFilter.PERMIT_ALL, AddressFilter.parse("allow=0.0.0.0/0,::/0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "10.0.0.0/8",
                "allow",
                "allow 10.0.0.0/8",
                "Allow=10.0.0.0/8",
                " allow=10.0.0.0/8",
                "allow=10.0.0.0/8;",
                ";allow=10.0.0.0/8",
                ";deny=10.0.0.0/8",
                "deny=10.0.0.0/8;",
                "allow=10.0.0.0/8; deny=10.1.0.0/16",
                "deny=10.1.0.0/16;allow=10.0.0.0/8",
                "allow=10.0.0.0/8;allow=::1",
                "deny=10.0.0.0/8;deny=::1",
                "allow=10.0.0.0/8;;deny=::1",
                "allow=10.0.0.0/8;allow=::1;deny=::1",
                "allow=10.0.0.0/8;deny=::1;deny=::1",
                "allow=10.0.0.0/8;deny=::1;"
            })
    void rejectsOtherForms(String text) {
        assertRefused("filter must be allow=BLOCKS;deny=BLOCKS or one of the two: " + text, text);
    }

    @Test
    void messageShowsTheFirst64CharactersOfALongText() {
        assertRefused(
                "filter must be allow=BLOCKS;deny=BLOCKS or one of the two: "
                        + ";".repeat(64)
                        + "... (1000000 characters)",
                ";".repeat(1_000_000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "allow=10.0.0.0/33         | prefix length must be from 0 to 32: 10.0.0.0/33",
                "deny=::/129               | prefix length must be from 0 to 128: ::/129",
                "allow=;deny=fe80::%nosuch | zone must be an interface of this machine:"
                        + " fe80::%nosuch",
            })
    void rejectsInvalidBlockAndShowsIt(String text, String message) {
        assertRefused(message, text);
    }

    private static void assertRefused(String message, String text) {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> AddressFilter.parse(text));
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void rejectsNull() {
        AddressSet none = AddressSet.NONE;
        assertThrows(NullPointerException.class, () -> new AddressFilter(null, none));
        assertThrows(NullPointerException.class, () -> new AddressFilter(none, null));
        assertThrows(NullPointerException.class, () -> AddressFilter.parse(null));
    }
}
