package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Whom a server that answers does not answer: CVE-2024-2169. */
class AnswerRulesTest {
    @ParameterizedTest
    @CsvSource({
        "0,     service_port",
        "1,     service_port",
        "7,     service_port",
        "1023,  service_port",
        "1024,",
        "1025,",
        "8887,",
        "8888,  own_port",
        "8889,",
        "65535,",
    })
    void portsOfServicesAndTheOwnOneAreRefused(int port, String reason) {
        assertRefusal(reason, "127.0.0.1", "127.0.0.1", port);
    }

    @ParameterizedTest
    @CsvSource({
        "223.255.255.255,",
        "224.0.0.0,        group_address",
        "224.0.0.1,        group_address",
        "239.255.255.255,  group_address",
        "240.0.0.0,",
        "255.255.255.254,",
        "255.255.255.255,  group_address",
        "192.0.2.1,",
        "ff02::1,          group_address",
        "ff05::2,          group_address",
        "feff::1,",
        "2001:db8::1,",
        "::ffff:224.0.0.1, group_address",
    })
    void groupsAreRefused(String peer, String reason) {
        assertRefusal(reason, "127.0.0.1", peer, 5000);
    }

    /** Two servers, of two machines, would go on for ever. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1", "127.0.0.2", "192.0.2.1", "::1", "2001:db8::1"})
    void ownPortIsRefusedWhateverTheAddress(String peer) {
        for (String local : new String[] {"127.0.0.1", "0.0.0.0", "::"}) {
            assertRefusal("own_port", local, peer, 8888);
            assertRefusal(null, local, peer, 8889);
        }
    }

    private static void assertRefusal(String reason, String local, String peer, int port) {
        AnswerRules rules =
                new AnswerRules(new InetSocketAddress(InetAddress.ofLiteral(local), 8888));
        InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(peer), port);
        assertEquals(Optional.ofNullable(reason), rules.refusal(from), from.toString());
    }
}
