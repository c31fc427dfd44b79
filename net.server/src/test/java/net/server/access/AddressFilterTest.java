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
        "10.0.0.0/8,     10.1.0.0/16,    10.0.255.255,    true",
        "10.0.0.0/8,     10.1.0.0/16,    10.1.0.0,        false",
        "10.0.0.0/8,     10.1.0.0/16,    10.1.255.255,    false",
        "10.0.0.0/8,     10.1.0.0/16,    10.2.0.0,        true",
        "10.0.0.0/8,     10.1.0.0/16,    9.255.255.255,   false",
        "10.0.0.0/8,     10.1.0.0/16,    ::1,             false",
        "10.1.0.0/16,    10.0.0.0/8,     10.1.0.1,        false",
        "10.1.0.1,       10.1.0.1,       10.1.0.1,        false",
        "10.0.0.0/8,     '',             10.0.0.1,        true",
        "10.0.0.0/8,     '',             11.0.0.0,        false",
        "0.0.0.0/0,      '',             ::1,             false",
        "::/0,           '',             127.0.0.1,       false",
        "'',             '',             127.0.0.1,       false",
        "'',             '',             ::1,             false",
        "'0.0.0.0/0,::/0', 10.0.0.0/8,   10.0.0.1,        false",
        "'0.0.0.0/0,::/0', 10.0.0.0/8,   11.0.0.0,        true",
        "'0.0.0.0/0,::/0', 10.0.0.0/8,   ::1,             true",
        "'0.0.0.0/0,::/0', 0.0.0.0/0,    ::1,             true",
        "'0.0.0.0/0,::/0', '',           127.0.0.1,       true",
        "'0.0.0.0/0,::/0', '',           ::1,             true",
    })
    void permitsAllowedAddressesUnlessDenied(
            String allowed, String denied, String address, boolean permits) {
        AddressFilter filter =
                new AddressFilter(AddressSet.parse(allowed), AddressSet.parse(denied));
        assertEquals(permits, filter.permits(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "::", "2001:db8::1", "fe80::1%2"})
    void permitAllPermitsAll(String address) {
        assertEquals(true, AddressFilter.PERMIT_ALL.permits(InetAddress.ofLiteral(address)));
    }

    @Test
    void rejectsNull() {
        AddressSet none = AddressSet.NONE;
        assertThrows(NullPointerException.class, () -> new AddressFilter(null, none));
        assertThrows(NullPointerException.class, () -> new AddressFilter(none, null));
    }
}
