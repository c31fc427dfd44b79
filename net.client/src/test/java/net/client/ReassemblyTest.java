package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The lines have the forms of Linux. */
class ReassemblyTest {
    @Test
    void readsTheValueBelowTheName() {
        assertEquals(
                7,
                Reassembly.ipv4(
                        List.of(
                                "Ip: Forwarding ReasmTimeout ReasmReqds ReasmOKs",
                                "Ip: 1 5 7 9",
                                "Icmp: InMsgs",
                                "Icmp: 11")));
    }

    @Test
    void readsTheValueBesideTheName() {
        assertEquals(
                7,
                Reassembly.ipv6(
                        List.of(
                                "Ip6ReasmTimeout                 \t5",
                                "Ip6ReasmReqds                   \t7",
                                "Ip6ReasmOKs                     \t9")));
    }

    @Test
    void rejectsOtherFiles() {
        assertThrows(IllegalArgumentException.class, () -> Reassembly.ipv4(List.of("Tcp: 1")));
        assertThrows(IllegalArgumentException.class, () -> Reassembly.ipv6(List.of()));
    }
}
