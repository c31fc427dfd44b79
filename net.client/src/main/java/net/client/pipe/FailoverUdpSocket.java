package net.client.pipe;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.SocketConfig;
import net.client.connect.internal.CandidateAddresses;
import net.client.connect.internal.LocalAddressCheck;
import net.client.connect.internal.SocketConfigurer;
import net.client.connect.internal.SystemResolver;
import net.client.connect.internal.UdpFailover;
import net.client.internal.MonotonicTime;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A blocking UDP socket that fails over to the server's next address when one refuses, and is
 * replaced when the address of this machine changes. One thread sends and another receives; either
 * may get the refusal (ICMP port unreachable).
 */
final class FailoverUdpSocket implements Closeable {
    private final CandidateAddresses candidates;
    private final LocalAddressCheck addressCheck;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock. */
    private final UdpFailover<DatagramChannel> failover;

    /** The failure of all addresses. Guarded by the lock. */
    private Optional<ExchangeException> failure = Optional.empty();

    /** The current socket; the previous one is closed. */
    private volatile DatagramChannel channel;

    private volatile InetSocketAddress local;
    private volatile InetSocketAddress peer;

    /** The server has answered or not refused in time: no further address is tried. */
    private volatile boolean isConfirmed;

    /** Opens a socket to the first address that has a route. */
    FailoverUdpSocket(SocketConfig config, List<InetSocketAddress> peers) throws IOException {
        this.candidates = new CandidateAddresses(peers);
        this.addressCheck = new LocalAddressCheck(config);
        this.failover =
                new UdpFailover<>(candidates, next -> SocketConfigurer.connect(config, next));
        if (!failover.openNext()) {
            throw failover.takeFailure();
        }
        use(failover.socket());
    }

    /** Resolves the name and opens a socket. */
    static FailoverUdpSocket open(ClientConfig client) throws IOException {
        return new FailoverUdpSocket(client.socket(), new SystemResolver().resolve(client));
    }

    private void use(DatagramChannel opened) throws IOException {
        local = (InetSocketAddress) opened.getLocalAddress();
        peer = failover.peer();
        channel = opened;
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress peer() {
        return peer;
    }

    /** Receives a datagram, which may be empty. */
    void receive(ByteBuffer datagram) throws IOException {
        while (true) {
            DatagramChannel used = channel;
            try {
                used.read(datagram);
                if (!isConfirmed) {
                    confirm();
                }
                return;
            } catch (PortUnreachableException | NoRouteToHostException e) {
                failOver(used, e);
            } catch (ClosedChannelException e) {
                requireReplaced(used, e);
            }
        }
    }

    /** Sends a datagram to the first address that does not refuse it. */
    void send(ByteBuffer datagram) throws IOException {
        if (addressCheck.isOutdatedUnanswered(local, peer)) {
            reopen(channel);
        }
        DatagramChannel used;
        do {
            used = channel;
            try {
                write(used, datagram.rewind());
                // A refusal of an empty datagram is not reported.
                if (!isConfirmed && datagram.limit() > 0) {
                    awaitRefusal(used);
                }
            } catch (PortUnreachableException | NoRouteToHostException e) {
                failOver(used, e);
            } catch (ClosedChannelException e) {
                requireReplaced(used, e);
            } catch (IOException e) {
                if (!addressCheck.isOutdated(local, peer)) {
                    throw e;
                }
                reopen(used);
            }
        } while (used != channel);
    }

    private void write(DatagramChannel used, ByteBuffer datagram) throws IOException {
        if (datagram.hasRemaining()) {
            used.write(datagram);
            return;
        }
        // A connected DatagramChannel silently discards empty datagrams.
        try (DatagramChannel other = DatagramChannel.open()) {
            other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            other.bind(local).send(datagram, peer);
        }
    }

    /** Waits for a refusal of the first datagram, if there is another address to try. */
    private void awaitRefusal(DatagramChannel used) throws IOException {
        long remainingNanos = MonotonicTime.nanos(ClientConfig.UDP_REFUSAL_WAIT);
        lock.lock();
        try {
            while (failover.hasNext() && used == channel && remainingNanos > 0) {
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
            if (used == channel) {
                confirm();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }

    private void confirm() {
        lock.lock();
        try {
            failover.confirm();
            candidates.prefer(failover.peer());
            isConfirmed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Fails over to the next address, or throws the failures of all addresses. */
    private void failOver(DatagramChannel used, IOException refusal) throws IOException {
        lock.lock();
        try {
            if (used != channel) {
                return;
            }
            requireOpen(failover.tryNext(refusal, 0));
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Replaces a socket whose local address is outdated. */
    private void reopen(DatagramChannel used) throws IOException {
        lock.lock();
        try {
            if (used != channel) {
                return;
            }
            failover.restart();
            requireOpen(failover.openNext());
            if (isConfirmed) {
                failover.confirm();
            }
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private void requireOpen(boolean isOpen) throws IOException {
        if (!isOpen) {
            failure = Optional.of(failover.takeFailure());
            throw failure.get();
        }
        use(failover.socket());
    }

    /** Returns if the channel was closed by a failover; otherwise throws the cause. */
    private void requireReplaced(DatagramChannel used, IOException cause) throws IOException {
        lock.lock();
        try {
            if (used == channel) {
                throw failure.isPresent() ? failure.get() : cause;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
