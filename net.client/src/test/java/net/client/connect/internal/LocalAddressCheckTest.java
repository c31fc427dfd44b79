package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.SocketConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

@Timeout(60)
class LocalAddressCheckTest {
    private static final InetSocketAddress PEER = at("127.0.0.1");

    /** An address for documentation (RFC 5737), which no machine has. */
    private static final InetSocketAddress GONE = at("192.0.2.1");

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 9);
    }

    private static LocalAddressCheck from(InetSocketAddress source) {
        return new LocalAddressCheck(SocketConfig.builder().source(source).build());
    }

    @Test
    void socketIsOutdatedIfANewOneHasAnotherAddress() {
        LocalAddressCheck check = new LocalAddressCheck(SocketConfig.DEFAULT);
        assertTrue(check.isOutdated(GONE, PEER));
        assertFalse(check.isOutdated(at("127.0.0.1"), PEER));
    }

    @Test
    void configuredSourceIsOutdatedOnlyIfItIsGone() {
        assertFalse(from(at("127.0.0.9")).isOutdated(at("127.0.0.9"), PEER));
        assertTrue(from(GONE).isOutdated(GONE, PEER));
    }

    @Test
    void socketIsKeptIfANewOneHasNoRoute() {
        LocalAddressCheck check = new LocalAddressCheck(SocketConfig.DEFAULT);
        // A broadcast address, to which an ordinary socket cannot be connected.
        assertFalse(check.isOutdated(GONE, at("255.255.255.255")));
    }

    @Test
    void checksAreLimited() {
        LocalAddressCheck check = new LocalAddressCheck(SocketConfig.DEFAULT);
        long startNanos = System.nanoTime();
        assertFalse(check.isOutdatedAfterFailure(GONE, PEER));
        while (!check.isOutdatedAfterFailure(GONE, PEER)) {
            Thread.onSpinWait();
        }
        assertTrue(System.nanoTime() - startNanos >= Duration.ofMillis(100).toNanos());
        startNanos = System.nanoTime();
        while (!check.isOutdatedUnanswered(GONE, PEER)) {
            Thread.onSpinWait();
        }
        assertTrue(System.nanoTime() - startNanos >= Duration.ofMillis(900).toNanos());
    }
}
