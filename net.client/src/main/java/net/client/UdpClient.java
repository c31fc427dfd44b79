package net.client;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.protocol.Message;
import net.protocol.Service;
import net.protocol.Transport;

import java.util.Objects;

/**
 * A UDP client. Each exchange has a socket of its own, so a client holds nothing open, and is safe
 * for use by several threads.
 */
public final class UdpClient {
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
     * ClientConfig#UDP_REFUSAL_WAIT}, on the loopback interface for 10 ms. A firewall may hold it
     * back, and an empty message is never known to be refused.
     *
     * @param message to send; may be empty
     * @return the exchange, with an empty answer
     * @throws ExchangeException if the name is not known, or every address refused or could not be
     *     reached; the socket is closed
     */
    public Exchange send(Message message) throws ExchangeException {
        RunConfig one = RunConfig.of(Transport.UDP, Service.RECEIVE, config);
        return SingleExchange.of(one.toBuilder().payload(Payload.of(message.bytes())).build());
    }
}
