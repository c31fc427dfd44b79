package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;

import org.junit.jupiter.api.Test;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.util.ArrayList;
import java.util.List;

class UdpFailoverTest {
    private static final InetSocketAddress FIRST = address(1);
    private static final InetSocketAddress SECOND = address(2);
    private static final InetSocketAddress THIRD = address(3);
    private static final IOException REFUSAL = new PortUnreachableException();

    private final List<InetSocketAddress> unreachable = new ArrayList<>();

    /** The sockets opened and closed, in order. */
    private final List<String> events = new ArrayList<>();

    private final CandidateAddresses candidates =
            new CandidateAddresses(List.of(FIRST, SECOND, THIRD));

    private final UdpFailover<Closeable> failover = new UdpFailover<>(candidates, this::openSocket);

    private static InetSocketAddress address(int last) {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2." + last), 9000 + last);
    }

    private Closeable openSocket(InetSocketAddress peer) throws IOException {
        if (unreachable.contains(peer)) {
            throw new NoRouteToHostException("no route to host");
        }
        events.add("open " + peer.getPort());
        return () -> events.add("close " + peer.getPort());
    }

    @Test
    void opensSocketToFirstReachableAddress() {
        unreachable.add(FIRST);
        assertFalse(failover.isOpen());
        assertTrue(failover.openNext());
        assertEquals(SECOND, failover.peer());
        assertEquals(List.of("open 9002"), events);
        assertEquals(
                List.of("send to 192.0.2.1:9001 failed: no route to host"),
                failover.failures().stream().map(Throwable::getMessage).toList());
    }

    @Test
    void refusalClosesSocketBeforeOpeningNext() {
        failover.openNext();
        assertTrue(failover.tryNext(REFUSAL, 12));
        assertEquals(SECOND, failover.peer());
        assertEquals(List.of("open 9001", "close 9001", "open 9002"), events);
        assertEquals(12, failover.failures().getFirst().bytesSent());
    }

    @Test
    void confirmedAddressIsKeptDespiteRefusal() {
        failover.openNext();
        assertTrue(failover.hasNext());
        failover.confirm();
        assertFalse(failover.hasNext());
        assertFalse(failover.tryNext(REFUSAL, 0));
        assertEquals(Kind.REFUSED, failover.takeFailure().kind());
        assertEquals(FIRST, failover.peer());
        assertTrue(failover.isOpen());
        assertEquals(List.of("open 9001"), events);
    }

    @Test
    void lastAddressIsKeptAfterRefusalByAll() {
        failover.openNext();
        failover.tryNext(REFUSAL, 12);
        failover.tryNext(REFUSAL, 12);
        assertFalse(failover.tryNext(REFUSAL, 12));
        ExchangeException failure = failover.takeFailure();
        assertEquals(
                "send to 192.0.2.1:9001 failed: connection refused; "
                        + "send to 192.0.2.2:9002 failed: connection refused; "
                        + "send to 192.0.2.3:9003 failed: connection refused",
                failure.getMessage());
        assertEquals(36, failure.bytesSent());
        assertTrue(failover.isOpen());
        assertEquals(THIRD, failover.peer());
        assertEquals(2, failover.failures().size());
    }

    @Test
    void startsAgainAtFirstAddressIfNoneIsReachable() {
        unreachable.addAll(List.of(FIRST, SECOND, THIRD));
        assertFalse(failover.openNext());
        assertEquals(Kind.UNREACHABLE, failover.takeFailure().kind());
        unreachable.clear();
        assertTrue(failover.openNext());
        assertEquals(FIRST, failover.peer());
    }

    @Test
    void restartsAtThePreferredAddress() {
        failover.openNext();
        failover.tryNext(REFUSAL, 12);
        failover.confirm();
        candidates.prefer(SECOND);
        failover.restart();
        assertFalse(failover.isOpen());
        assertTrue(failover.openNext());
        assertEquals(SECOND, failover.peer());
        assertEquals(List.of(), failover.failures());
        assertTrue(failover.tryNext(REFUSAL, 12));
        assertEquals(FIRST, failover.peer());
    }

    @Test
    void refusalWithOnlyUnreachableAddressesLeftClosesSocket() {
        failover.openNext();
        unreachable.addAll(List.of(SECOND, THIRD));
        assertFalse(failover.tryNext(REFUSAL, 0));
        assertFalse(failover.isOpen());
        assertFalse(failover.hasNext());
        assertEquals(List.of("open 9001", "close 9001"), events);
    }
}
