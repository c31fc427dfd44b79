package net.client;

import net.protocol.Message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A TCP client. Each exchange has a connection of its own, so a client holds nothing open, and is
 * safe for use by several threads.
 */
public final class TcpClient {
    private final ClientConfig config;

    /**
     * Creates a client; nothing is looked up or connected.
     *
     * @param config the server, and how long to wait
     */
    public TcpClient(ClientConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    /**
     * Takes part in {@link net.protocol.Service#GREET}: connects to the first address of the
     * server's name that accepts, sends the message and a FIN at once, and reads the greeting to
     * the server's FIN, the receipt. Blocks until then, or until the time is up or the thread is
     * interrupted.
     *
     * @param message to send; may be empty
     * @return the exchange, with the greeting as its answer; the server has recorded the message
     * @throws ExchangeException if there was no greeting or no receipt; the connection is closed
     */
    public Exchange greet(Message message) throws ExchangeException {
        Deadline deadline = Deadline.in(config.timeout());
        List<InetSocketAddress> peers = Resolver.resolve(config.endpoint(), deadline);
        long startNanos = System.nanoTime();
        GreetExchange exchange = new GreetExchange(connect(peers, deadline), deadline);
        exchange.run(message);
        return new Exchange(
                exchange.local(),
                exchange.peer(),
                exchange.received(),
                message.size(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private SocketChannel connect(List<InetSocketAddress> peers, Deadline deadline)
            throws ExchangeException {
        List<ExchangeException> failures = new ArrayList<>();
        for (InetSocketAddress peer : peers) {
            try {
                return connect(peer, deadline.orIn(config.connectTimeout()));
            } catch (IOException | UnsupportedAddressTypeException e) {
                failures.add(Failure.at("connect to", peer, 0, e));
                if (deadline.isOver()) {
                    break;
                }
            }
        }
        throw Failure.all(failures);
    }

    private static SocketChannel connect(InetSocketAddress peer, Deadline deadline)
            throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(peer, deadline.leftMillis());
            return channel;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }
}
