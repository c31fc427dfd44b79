package net.client;

import net.protocol.Message;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A UDP client. Each exchange has a socket of its own, so a client holds nothing open, and is safe
 * for use by several threads.
 */
public final class UdpClient {
    /** How long to wait for word from the network that nobody listens. */
    public static final Duration REFUSAL_WAIT = Duration.ofMillis(250);

    /** On the loopback interface the word is there before the next call, if the machine is idle. */
    private static final Duration LOOPBACK_REFUSAL_WAIT = Duration.ofMillis(10);

    private final ClientConfig config;

    /**
     * Creates a client; nothing is looked up or sent.
     *
     * @param config the server, and how long to wait
     */
    public UdpClient(ClientConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    /**
     * Takes part in {@link net.protocol.Service#RECEIVE}: sends one datagram to the first address
     * of the server's name that does not refuse it. Since there is no answer, success says no more
     * than that. A refusal (ICMP port unreachable, RFC 1122, section 4.1.3.3) is awaited for {@link
     * #REFUSAL_WAIT}, on the loopback interface for 10 ms. A firewall may hold it back, and an
     * empty message is never known to be refused.
     *
     * @param message to send; may be empty
     * @return the exchange, with an empty answer
     * @throws ExchangeException if the name is not known, or every address refused or could not be
     *     reached; the socket is closed
     */
    public Exchange send(Message message) throws ExchangeException {
        Deadline deadline = Deadline.in(config.timeout());
        List<ExchangeException> failures = new ArrayList<>();
        for (InetSocketAddress peer : Resolver.resolve(config.endpoint(), deadline)) {
            long startNanos = System.nanoTime();
            long sent = 0;
            try (DatagramChannel channel = DatagramChannel.open()) {
                sent = connectAndSend(channel, peer, message);
                Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
                awaitRefusal(channel, peer, deadline);
                return new Exchange(
                        (InetSocketAddress) channel.getLocalAddress(),
                        peer,
                        Message.of(""),
                        sent,
                        duration);
            } catch (IOException | UnsupportedAddressTypeException e) {
                failures.add(Failure.at("send to", peer, sent, e));
                if (deadline.isOver()) {
                    break;
                }
            }
        }
        throw Failure.all(failures);
    }

    private static long connectAndSend(
            DatagramChannel channel, InetSocketAddress peer, Message message) throws IOException {
        if (message.size() == 0) {
            // From a connected socket the JDK sends no empty datagram, and does not say so.
            channel.send(message.buffer(), peer);
            channel.connect(peer);
            return 0;
        }
        channel.connect(peer);
        return channel.write(message.buffer());
    }

    /** The system tells of a refusal with the next call on a connected socket. */
    private static void awaitRefusal(
            DatagramChannel channel, InetSocketAddress peer, Deadline deadline) throws IOException {
        byte[] ignored = new byte[1];
        boolean isLoopback = peer.getAddress().isLoopbackAddress();
        Duration wait = isLoopback ? LOOPBACK_REFUSAL_WAIT : REFUSAL_WAIT;
        try {
            channel.socket().setSoTimeout(deadline.orIn(wait).leftMillis());
            channel.socket().receive(new DatagramPacket(ignored, ignored.length));
        } catch (SocketTimeoutException expected) {
            // No word of a refusal.
        }
    }
}
