package net.client.connect.internal;

import net.client.connect.ExchangeException;
import net.client.internal.Closeables;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A UDP socket to the first address of a server that is reachable and does not refuse (ICMP port
 * unreachable). For use by one thread at a time.
 *
 * @param <S> the type of the socket
 */
public final class UdpFailover<S extends Closeable> {
    /** Opens a socket that is connected to an address. */
    @FunctionalInterface
    public interface Opener<S> {
        S open(InetSocketAddress peer) throws IOException;
    }

    private final CandidateAddresses candidates;
    private final Opener<S> opener;
    private final List<ExchangeException> failures = new ArrayList<>();
    private List<InetSocketAddress> peers = List.of();
    private Optional<S> socket = Optional.empty();
    private InetSocketAddress peer;
    private boolean isConfirmed;

    /** Creates an instance without opening a socket. */
    public UdpFailover(CandidateAddresses candidates, Opener<S> opener) {
        this.candidates = candidates;
        this.opener = opener;
    }

    public boolean isOpen() {
        return socket.isPresent();
    }

    /** Returns the open socket. */
    public S socket() {
        return socket.orElseThrow();
    }

    /** Returns the address of the open socket. */
    public InetSocketAddress peer() {
        return peer;
    }

    /** Returns the failures of the addresses before the current one. */
    public List<ExchangeException> failures() {
        return failures;
    }

    /** Keeps the current address from now on, because its server has answered. */
    public void confirm() {
        isConfirmed = true;
    }

    /** Returns whether a refusal would lead to another address. */
    public boolean hasNext() {
        return isOpen() && !isConfirmed && failures.size() + 1 < peers.size();
    }

    /** Opens a socket to the next reachable address; returns false if there is none. */
    public boolean openNext() {
        if (failures.isEmpty()) {
            peers = candidates.addresses();
        }
        while (socket.isEmpty() && failures.size() < peers.size()) {
            peer = peers.get(failures.size());
            try {
                socket = Optional.of(opener.open(peer));
            } catch (IOException | UnsupportedAddressTypeException e) {
                failures.add(ExceptionTranslator.at("send to", peer, 0, e));
            }
        }
        return isOpen();
    }

    /**
     * Records a refusal by the current address, after some bytes were sent, and opens a socket to
     * the next one; returns false if there is none.
     */
    public boolean tryNext(IOException refusal, long bytesSent) {
        boolean hasNext = hasNext();
        failures.add(ExceptionTranslator.at("send to", peer, bytesSent, refusal));
        if (!hasNext) {
            return false;
        }
        // Close first: the next socket may need the same source port.
        close();
        return openNext();
    }

    /** Returns the failure of all addresses, and prepares the next attempt. */
    public ExchangeException takeFailure() {
        ExchangeException failure = ExceptionTranslator.all(failures);
        if (isOpen()) {
            // The socket stays open, since a server may start at this address later.
            failures.removeLast();
        } else {
            failures.clear();
        }
        return failure;
    }

    /** Closes the socket, so that the next one is opened to the preferred address again. */
    public void restart() {
        close();
        failures.clear();
        isConfirmed = false;
    }

    /** Closes the socket. */
    public void close() {
        socket.ifPresent(Closeables::closeQuietly);
        socket = Optional.empty();
    }
}
