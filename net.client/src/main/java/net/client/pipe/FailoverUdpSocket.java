package net.client.pipe;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.SocketConfig;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Resolver;
import net.client.connect.internal.SocketConfigurer;
import net.client.internal.Closeables;
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
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The socket of a pipe, for the first of a server's addresses that does not refuse. A thread sends
 * and another one receives; either may be told of a refusal.
 */
final class FailoverUdpSocket implements Closeable {
    private final SocketConfig config;
    private final List<InetSocketAddress> peers;
    private final List<ExchangeException> failures = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Replaced under the lock, and then closed. */
    private volatile DatagramChannel channel;

    private volatile InetSocketAddress local;
    private volatile InetSocketAddress peer;

    /** The server is there, or will be taken to be: no other address is tried any more. */
    private volatile boolean isConfirmed;

    /** Opens a socket for the first of some addresses that there is a way to. */
    FailoverUdpSocket(SocketConfig config, List<InetSocketAddress> peers) throws ExchangeException {
        this.config = config;
        this.peers = peers;
        if (!isOpened()) {
            throw ExceptionTranslator.all(failures);
        }
    }

    /** Looks the name up, and opens a socket. */
    static FailoverUdpSocket open(ClientConfig client) throws ExchangeException {
        return new FailoverUdpSocket(
                client.socket(),
                Resolver.resolve(
                        client.endpoint(),
                        SocketConfigurer.reachableFamily(client.socket()),
                        client.timeout()));
    }

    /** Goes on with the next address; returns false if there is no way to any. */
    private boolean isOpened() {
        while (failures.size() < peers.size()) {
            InetSocketAddress next = peers.get(failures.size());
            DatagramChannel opened = null;
            try {
                opened = DatagramChannel.open();
                SocketConfigurer.apply(config, opened);
                // After it has its port: another socket may share it then, for empty datagrams.
                opened.setOption(StandardSocketOptions.SO_REUSEPORT, true);
                opened.connect(next);
                local = (InetSocketAddress) opened.getLocalAddress();
                peer = next;
                channel = opened;
                return true;
            } catch (IOException | UnsupportedAddressTypeException e) {
                Closeables.closeQuietly(opened);
                failures.add(ExceptionTranslator.at("send to", next, 0, e));
            }
        }
        return false;
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
                refused(used, e);
            } catch (ClosedChannelException e) {
                requireReplaced(used, e);
            }
        }
    }

    /** Sends a datagram to the first address that does not refuse it; the next ones go there. */
    void send(ByteBuffer datagram) throws IOException {
        DatagramChannel used;
        do {
            used = channel;
            try {
                write(used, datagram.rewind());
                // An empty one is never known to be refused.
                if (!isConfirmed && datagram.limit() > 0) {
                    awaitRefusal(used);
                }
            } catch (PortUnreachableException | NoRouteToHostException e) {
                refused(used, e);
            } catch (ClosedChannelException e) {
                requireReplaced(used, e);
            }
        } while (used != channel);
    }

    private void write(DatagramChannel used, ByteBuffer datagram) throws IOException {
        if (datagram.hasRemaining()) {
            used.write(datagram);
            return;
        }
        // From a connected socket the JDK sends no empty datagram, and does not say so.
        try (DatagramChannel other = DatagramChannel.open()) {
            other.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            other.bind(local).send(datagram, peer);
        }
    }

    /** Waits for a refusal of the first datagram, if there is another address to send it to. */
    private void awaitRefusal(DatagramChannel used) throws IOException {
        long leftNanos = MonotonicTime.nanos(ClientConfig.UDP_REFUSAL_WAIT);
        lock.lock();
        try {
            while (isUndecided() && used == channel && leftNanos > 0) {
                leftNanos = changed.awaitNanos(leftNanos);
            }
            isConfirmed |= used == channel;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isUndecided() {
        return !isConfirmed && failures.size() + 1 < peers.size();
    }

    private void confirm() {
        lock.lock();
        try {
            isConfirmed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Goes on with the next address, or fails with all that there were. */
    private void refused(DatagramChannel used, IOException refusal) throws IOException {
        lock.lock();
        try {
            if (used == channel) {
                failures.add(ExceptionTranslator.at("send to", peer, 0, refusal));
                if (isConfirmed || !isOpened()) {
                    throw ExceptionTranslator.all(failures);
                }
                used.close();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Goes on if it is for the next address that the channel was closed. */
    private void requireReplaced(DatagramChannel used, IOException cause) throws IOException {
        lock.lock();
        try {
            if (used == channel) {
                throw cause;
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
