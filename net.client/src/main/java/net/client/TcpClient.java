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
        RunConfig one = RunConfig.of(Transport.TCP, Service.GREET, config);
        return SingleExchange.of(one.toBuilder().payload(Payload.of(message.bytes())).build());
    }
}
