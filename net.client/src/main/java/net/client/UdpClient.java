package net.client;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.internal.Resolver;
import net.client.connect.internal.SystemResolver;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import java.util.Objects;

/**
 * A UDP client. Immutable and safe for use by several threads: each exchange opens and closes a
 * socket of its own.
 *
 * {@snippet file="net/client/ClientSampleTest.java" region="udp"}
 *
 * <p>Each method blocks until the exchange ends, the client's timeout expires or the thread is
 * interrupted; in the last case the interrupt status remains set.
 */
public final class UdpClient {
    private final ClientConfig config;
    private final Resolver resolver;

    /**
     * Creates a client without sending anything.
     *
     * @param config the server and the timeouts
     */
    public UdpClient(ClientConfig config) {
        this(config, new SystemResolver());
    }

    /** Creates a client with another resolver. */
    UdpClient(ClientConfig config, Resolver resolver) {
        this.config = Objects.requireNonNull(config, "config");
        this.resolver = resolver;
    }

    /**
     * Requests {@link Service#RECEIVE}: sends one datagram to the first address of the server's
     * name that does not refuse it. There is no answer, so success only means that no refusal (ICMP
     * port unreachable, RFC 1122, section 4.1.3.3) arrived within {@link
     * ClientConfig#UDP_REFUSAL_WAIT}, on the loopback interface within 10 ms. A firewall may drop
     * refusals, and the refusal of an empty message is not detected.
     *
     * @param message the message; may be empty
     * @return the exchange, with an empty answer
     * @throws ExchangeException if the name is unknown, or every address refused or was unreachable
     */
    public Exchange send(Message message) throws ExchangeException {
        return exchange(Service.RECEIVE, message);
    }

    /**
     * Requests {@link Service#ECHO} (RFC 862): sends one datagram and receives the same bytes.
     *
     * @param message the message; may be empty
     * @return the exchange, with the echo as answer
     * @throws ExchangeException if the name is unknown, every address refused or was unreachable,
     *     or the answer is late or different; the datagram may have been lost
     */
    public Exchange echo(Message message) throws ExchangeException {
        return exchange(Service.ECHO, message);
    }

    /**
     * Checks whether a server answers on the port ({@link Service#CONNECT}): sends one datagram,
     * and receives any datagram from that address and port.
     *
     * @param message the datagram, one that the server answers; may be empty
     * @return the exchange, with the beginning of the answer
     * @throws ExchangeException if every address refused or was unreachable (the port is closed),
     *     or nothing answered in time: then the port may be filtered, or its server may not answer
     *     such a datagram
     */
    public Exchange connect(Message message) throws ExchangeException {
        return exchange(Service.CONNECT, message);
    }

    private Exchange exchange(Service service, Message message) throws ExchangeException {
        return SingleExchange.perform(
                RunConfig.builder(Transport.UDP, service, config)
                        .payload(Payload.of(message.bytes()))
                        .build(),
                resolver);
    }
}
