package net.client;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.internal.Resolver;
import net.client.connect.internal.SystemResolver;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;

import java.util.Objects;

/**
 * A TCP client. Immutable and safe for use by several threads: each exchange opens and closes a
 * connection of its own, to the first address of the server's name that accepts.
 *
 * {@snippet file="net/client/ClientSampleTest.java" region="tcp"}
 *
 * <p>Each method blocks until the exchange ends, the client's timeout expires or the thread is
 * interrupted; in the last case the interrupt status remains set.
 */
public final class TcpClient {
    private final ClientConfig config;
    private final Resolver resolver;

    /**
     * Creates a client without connecting.
     *
     * @param config the server and the timeouts
     */
    public TcpClient(ClientConfig config) {
        this(config, new SystemResolver());
    }

    /** Creates a client with another resolver. */
    TcpClient(ClientConfig config, Resolver resolver) {
        this.config = Objects.requireNonNull(config, "config");
        this.resolver = resolver;
    }

    /**
     * Requests {@link Service#GREET}: sends the message and a FIN, and reads the greeting and the
     * server's FIN, the receipt.
     *
     * @param message the message; may be empty
     * @return the exchange, with the greeting as answer; the server has recorded the message
     * @throws ExchangeException if there was no greeting or no receipt: the message may or may not
     *     be recorded
     */
    public Exchange greet(Message message) throws ExchangeException {
        return exchange(Service.GREET, message);
    }

    /**
     * Requests {@link Service#RECEIVE}: sends the message and a FIN, and reads the server's FIN,
     * the receipt. The server records each line as one message.
     *
     * @param message the message, at most {@value Protocol#MAX_MESSAGE_BYTES} bytes; may be empty
     * @return the exchange, with an empty answer; the server has recorded the message
     * @throws ExchangeException if there was no receipt: the message may or may not be recorded
     */
    public Exchange receive(Message message) throws ExchangeException {
        return exchange(Service.RECEIVE, message);
    }

    /**
     * Requests {@link Service#ECHO} (RFC 862): sends the message and reads the same bytes.
     *
     * @param message the message; not empty
     * @return the exchange, with the echo as answer
     * @throws ExchangeException if the answer is late, incomplete or different
     * @throws IllegalArgumentException if the message is empty; nothing is sent
     */
    public Exchange echo(Message message) throws ExchangeException {
        return exchange(Service.ECHO, message);
    }

    /**
     * Checks whether the port accepts connections ({@link Service#CONNECT}): connects, and closes
     * the connection in order. Sends nothing.
     *
     * @return the exchange, whose duration is the time to connect
     * @throws ExchangeException if no address of the server accepted a connection
     */
    public Exchange connect() throws ExchangeException {
        return exchange(Service.CONNECT, Message.of(""));
    }

    private Exchange exchange(Service service, Message message) throws ExchangeException {
        return SingleExchange.perform(
                RunConfig.builder(Transport.TCP, service, config)
                        .payload(Payload.of(message.bytes()))
                        .build(),
                resolver);
    }
}
