package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.Loopback;
import net.client.connect.ClientConfig;
import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.protocol.Endpoint;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Uses simulated time and real addresses. */
@Timeout(60)
class HappyEyeballsTest {
    /** RFC 8305, section 8. */
    private static final long DELAY = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(1000);
    private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");

    @AutoClose private Selector selector;
    @AutoClose private Loopback silent;
    @AutoClose private Loopback secondSilent;
    @AutoClose private Loopback refusing;
    @AutoClose private ServerSocket server;
    private final Set<SocketChannel> channels = new HashSet<>();
    private final List<HappyEyeballs> all = new ArrayList<>();
    private long now;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        silent = Loopback.fullTcp();
        secondSilent = Loopback.fullTcp();
        refusing = Loopback.refusingTcp();
        server = new ServerSocket(0, 16, V4);
        now = System.nanoTime();
    }

    /** Only the winner's channel stays open. */
    @AfterEach
    void closesAllButWinner() throws IOException {
        for (HappyEyeballs attempts : all) {
            attempts.close();
            if (attempts.isWon()) {
                attempts.channel().close();
            }
        }
        keep();
        assertTrue(channels.stream().noneMatch(SocketChannel::isOpen), channels::toString);
    }

    private HappyEyeballs attempts(SocketConfig socket, InetSocketAddress... peers) {
        ClientConfig config =
                ClientConfig.builder(new Endpoint("several.invalid", 80))
                        .timeout(Duration.ofNanos(TIMEOUT))
                        .connectTimeout(Duration.ofNanos(TIMEOUT))
                        .socket(socket)
                        .build();
        HappyEyeballs attempts = new HappyEyeballs(config, List.of(peers), selector, this);
        all.add(attempts);
        return attempts;
    }

    private HappyEyeballs attempts(InetSocketAddress... peers) {
        return attempts(SocketConfig.DEFAULT, peers);
    }

    private InetSocketAddress serving() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void keep() {
        for (SelectionKey key : selector.keys()) {
            channels.add((SocketChannel) key.channel());
        }
    }

    /** Returns the addresses that may still accept. */
    private Set<Object> pending() throws IOException {
        keep();
        Set<Object> pending = new HashSet<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                assertEquals(this, key.attachment());
                pending.add(((SocketChannel) key.channel()).getRemoteAddress());
            }
        }
        return pending;
    }

    /** Processes selected keys at a fixed time until an attempt has completed. */
    private void goOn(HappyEyeballs attempts, int failures) throws IOException {
        while (!attempts.isWon() && attempts.failures().size() < failures) {
            keep();
            selector.select(key -> attempts.ready(key, now), 30_000);
        }
    }

    private static List<Kind> kinds(HappyEyeballs attempts) {
        return attempts.failures().stream().map(ExchangeException::kind).toList();
    }

    private static List<String> messages(HappyEyeballs attempts) {
        return attempts.failures().stream().map(Throwable::getMessage).toList();
    }

    private static String timedOut(Loopback peer) {
        return "connect to 127.0.0.1:" + peer.port() + " failed: timed out, no answer of any kind";
    }

    private static String refused(Loopback peer) {
        return "connect to 127.0.0.1:" + peer.port() + " failed: connection refused";
    }

    @Test
    void triesAddressesInOrderEvery250Millis() throws IOException {
        HappyEyeballs attempts = attempts(silent.address(), secondSilent.address(), serving());
        attempts.begin(now);
        assertEquals(Set.of(silent.address()), pending());
        assertEquals(now + DELAY, attempts.wakeNanos());

        attempts.expire(now + DELAY - 1);
        assertEquals(Set.of(silent.address()), pending());

        // Late, as on a busy machine: the next attempt is due one delay later.
        attempts.expire(now + DELAY + 7);
        assertEquals(Set.of(silent.address(), secondSilent.address()), pending());
        assertEquals(now + DELAY + 7 + DELAY, attempts.wakeNanos());
        assertFalse(attempts.isWon());
        assertFalse(attempts.isFailed());

        now += DELAY + 7 + DELAY;
        attempts.expire(now);
        goOn(attempts, 1);
        assertEquals(serving(), attempts.peer());
    }

    @Test
    void winnerCancelsOthers() throws IOException {
        HappyEyeballs attempts = attempts(silent.address(), serving(), secondSilent.address());
        attempts.begin(now);
        now += DELAY;
        attempts.expire(now);
        goOn(attempts, 1);
        assertTrue(attempts.isWon());
        assertFalse(attempts.isFailed());
        assertEquals(serving(), attempts.peer());
        assertEquals(serving(), attempts.channel().getRemoteAddress());
        assertTrue(attempts.channel().isConnected());
        assertEquals(List.of(), attempts.failures());

        keep();
        assertEquals(1, channels.stream().filter(SocketChannel::isOpen).count());
        // No address is left to try.
        attempts.expire(now + TIMEOUT);
        assertEquals(List.of(), attempts.failures());
        assertFalse(pending().contains(secondSilent.address()));
    }

    @Test
    void refusalStartsNextAttemptImmediately() throws IOException {
        HappyEyeballs attempts = attempts(refusing.address(), silent.address(), serving());
        attempts.begin(now);
        goOn(attempts, 1);
        assertEquals(Set.of(silent.address()), pending());
        assertEquals(List.of(refused(refusing)), messages(attempts));
        assertEquals(now + DELAY, attempts.wakeNanos());
    }

    /** Even though another attempt may still succeed. */
    @Test
    void refusalOfSecondStartsThird() throws IOException {
        HappyEyeballs attempts = attempts(silent.address(), refusing.address(), serving());
        attempts.begin(now);
        now += DELAY;
        attempts.expire(now);
        goOn(attempts, 2);
        assertEquals(serving(), attempts.peer());
        assertEquals(List.of(refused(refusing)), messages(attempts));
    }

    @Test
    void immediateFailureCausesNoDelay() throws IOException {
        // RFC 5737: never an address of this machine, so each attempt fails as it begins.
        InetSocketAddress foreign = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 0);
        SocketConfig socket = SocketConfig.builder().source(foreign).build();
        HappyEyeballs attempts = attempts(socket, serving(), silent.address(), serving());
        attempts.begin(now);
        assertTrue(attempts.isFailed());
        assertEquals(List.of(Kind.LOCAL, Kind.LOCAL, Kind.LOCAL), kinds(attempts));
        assertEquals(
                "connect to 127.0.0.1:%d failed: cannot assign requested address"
                        .formatted(server.getLocalPort()),
                messages(attempts).getFirst());
        assertEquals(Long.MAX_VALUE, attempts.wakeNanos());
    }

    /** An IPv4 socket cannot connect to an IPv6 address. */
    @Test
    void immediateFailureStartsNextWhileOthersPend() throws IOException {
        SocketConfig socket = SocketConfig.builder().source(new InetSocketAddress(V4, 0)).build();
        InetSocketAddress other = new InetSocketAddress(InetAddress.ofLiteral("2001:db8::1"), 80);
        HappyEyeballs attempts = attempts(socket, silent.address(), other, secondSilent.address());
        attempts.begin(now);
        attempts.expire(now + DELAY);
        assertEquals(Set.of(silent.address(), secondSilent.address()), pending());
        assertEquals(1, attempts.failures().size());
    }

    @Test
    void connectTimeoutAppliesPerAddress() throws IOException {
        HappyEyeballs attempts = attempts(silent.address(), secondSilent.address());
        attempts.begin(now);
        long first = attempts.startNanos();
        assertTrue(first >= now);
        attempts.expire(now + DELAY);
        assertEquals(first + TIMEOUT, attempts.wakeNanos());

        attempts.expire(first + TIMEOUT - 1);
        assertEquals(List.of(), attempts.failures());
        attempts.expire(first + TIMEOUT);
        assertEquals(List.of(timedOut(silent)), messages(attempts));
        assertFalse(attempts.isFailed());
        assertTrue(attempts.wakeNanos() > first + TIMEOUT);

        attempts.expire(attempts.wakeNanos());
        assertEquals(List.of(timedOut(silent), timedOut(secondSilent)), messages(attempts));
        assertEquals(List.of(Kind.FILTERED, Kind.FILTERED), kinds(attempts));
        assertTrue(attempts.isFailed());
        assertEquals(Long.MAX_VALUE, attempts.wakeNanos());
    }

    /** As on a machine that was busy or suspended. */
    @Test
    void simultaneousTimeoutsFailInOrder() throws IOException {
        HappyEyeballs attempts = attempts(silent.address(), secondSilent.address());
        attempts.begin(now);
        attempts.expire(now + DELAY);
        attempts.expire(now + 2 * TIMEOUT);
        assertEquals(List.of(timedOut(silent), timedOut(secondSilent)), messages(attempts));
    }

    @Test
    void failuresAreInOrderOfTime() throws IOException {
        HappyEyeballs attempts = attempts(silent.address(), refusing.address());
        attempts.begin(now);
        now += DELAY;
        attempts.expire(now);
        goOn(attempts, 1);
        attempts.expire(now + 2 * TIMEOUT);
        assertEquals(List.of(refused(refusing), timedOut(silent)), messages(attempts));
    }

    @Test
    void giveUpFailsPendingAndTriesNoOther() throws IOException {
        HappyEyeballs attempts = attempts(silent.address(), secondSilent.address(), serving());
        attempts.begin(now);
        attempts.expire(now + DELAY);
        attempts.giveUp(new SocketTimeoutException());
        assertEquals(List.of(timedOut(silent), timedOut(secondSilent)), messages(attempts));
        assertTrue(attempts.isFailed());
        assertEquals(Set.of(), pending());
        attempts.expire(now + 2 * DELAY);
        assertEquals(2, attempts.failures().size());
        assertFalse(attempts.isWon());
    }

    @Test
    void giveUpBeforeBeginNamesFirstAddress() {
        HappyEyeballs attempts = attempts(silent.address(), serving());
        attempts.giveUp(new SocketTimeoutException());
        assertEquals(List.of(timedOut(silent)), messages(attempts));
        assertTrue(attempts.isFailed());
    }

    @Test
    void connectionHasBothEndsAndFailures() throws IOException {
        SocketConfig socket = SocketConfig.builder().receiveBufferBytes(20 * 1024).build();
        HappyEyeballs attempts = attempts(socket, refusing.address(), serving());
        attempts.begin(now);
        goOn(attempts, 2);
        ConnectionInfo connection = attempts.connection(1234);
        assertEquals(serving(), connection.peer());
        assertEquals(attempts.channel().getLocalAddress(), connection.local());
        assertEquals(Duration.ofNanos(1234), connection.duration().orElseThrow());
        assertEquals(20 * 1024, connection.receiveBufferBytes());
        assertTrue(connection.sendBufferBytes() > 0);
        assertEquals(attempts.failures(), connection.failures());
        assertEquals(List.of(refused(refusing)), messages(attempts));
    }
}
