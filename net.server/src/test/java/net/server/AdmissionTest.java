package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.protocol.AddressFamily;
import net.server.access.AddressFilter;
import net.server.access.AddressSet;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.util.Optional;

class AdmissionTest {
    @ParameterizedTest
    @CsvSource({
        "ANY,  192.0.2.1,        ",
        "ANY,  192.0.2.2,        denied",
        "ANY,  ::ffff:192.0.2.1, ",
        "ANY,  ::ffff:192.0.2.2, denied",
        "ANY,  2001:db8::1,      ",
        "ANY,  2001:db8::2,      denied",
        "IPV4, 192.0.2.1,        ",
        "IPV4, 192.0.2.2,        denied",
        "IPV4, 2001:db8::1,      family",
        "IPV4, 2001:db8::2,      family",
        "IPV6, 192.0.2.1,        family",
        "IPV6, ::ffff:192.0.2.1, family",
        "IPV6, 192.0.2.2,        family",
        "IPV6, 2001:db8::1,      ",
        "IPV6, 2001:db8::2,      denied",
    })
    void admitsByFamilyAndFilter(AddressFamily family, String peer, String reason) {
        AddressFilter filter =
                new AddressFilter(AddressSet.parse("192.0.2.1,2001:db8::1"), AddressSet.NONE);
        assertRefusal(reason, new Admission(family, filter), peer);
    }

    @Test
    void replacedFilterAppliesToLaterPeers() {
        Admission admission = new Admission(AddressFamily.ANY, AddressFilter.PERMIT_ALL);
        assertRefusal(null, admission, "192.0.2.1");
        admission.replaceFilter(
                new AddressFilter(AddressSet.ALL, AddressSet.parse("192.0.2.0/24")));
        assertRefusal("denied", admission, "192.0.2.1");
        assertRefusal(null, admission, "192.0.3.1");
        admission.replaceFilter(new AddressFilter(AddressSet.NONE, AddressSet.NONE));
        assertRefusal("denied", admission, "192.0.3.1");
        admission.replaceFilter(AddressFilter.PERMIT_ALL);
        assertRefusal(null, admission, "192.0.2.1");
    }

    @Test
    void rejectsNullFilterAndKeepsThePrevious() {
        Admission admission =
                new Admission(
                        AddressFamily.ANY,
                        new AddressFilter(AddressSet.ALL, AddressSet.parse("::1")));
        assertThrows(NullPointerException.class, () -> admission.replaceFilter(null));
        assertRefusal("denied", admission, "::1");
    }

    private static void assertRefusal(String reason, Admission admission, String peer) {
        Optional<RefusalReason> refusal = admission.refusal(InetAddress.ofLiteral(peer));
        assertEquals(Optional.ofNullable(reason), refusal.map(RefusalReason::label), peer);
    }
}
