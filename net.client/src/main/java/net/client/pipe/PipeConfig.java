package net.client.pipe;

import net.client.connect.ClientConfig;
import net.client.internal.Preconditions;
import net.client.run.RunConfig;
import net.protocol.Transport;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pipe connects, and how. Change the result of {@link #of} with the methods.
 *
 * @param transport what carries the bytes
 * @param client the server; its times bound the look-up and the connecting, not what comes after
 * @param datagramBytes how many bytes a datagram has at most, from 1 to {@link
 *     RunConfig#MAX_DATAGRAM_BYTES}; of no use over TCP
 * @param lines whether over UDP a line is a datagram, and a datagram a line; false over TCP
 * @param idleTimeout above zero; over TCP the pipe fails where nothing has been sent or received
 *     for so long, as far as the system tells: its send buffer hides what it holds; over UDP the
 *     pipe is over when so long after the end of its input nothing has come. If empty, over TCP
 *     there is no limit, and over UDP it is {@link #UDP_IDLE_TIMEOUT}
 */
public record PipeConfig(
        Transport transport,
        ClientConfig client,
        int datagramBytes,
        boolean lines,
        Optional<Duration> idleTimeout) {

    /**
     * The most bytes of a datagram unless told otherwise: with its headers of 40 and 8 bytes it
     * fits the smallest packet that every link of IPv6 takes (RFC 8200, section 5), so it comes in
     * one piece.
     */
    public static final int DATAGRAM_BYTES = 1232;

    /** How long UDP, which has no FIN, is heard after the end of input unless told otherwise. */
    public static final Duration UDP_IDLE_TIMEOUT = Duration.ofSeconds(1);

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public PipeConfig {
        Objects.requireNonNull(client, "client");
        Preconditions.require(
                datagramBytes >= 1 && datagramBytes <= RunConfig.MAX_DATAGRAM_BYTES,
                "datagramBytes must be from 1 to " + RunConfig.MAX_DATAGRAM_BYTES,
                datagramBytes);
        Preconditions.require(
                !lines || transport == Transport.UDP, "lines must be false over tcp", lines);
        if (idleTimeout.isPresent()) {
            Preconditions.require(
                    idleTimeout.get().isPositive(),
                    "idleTimeout must be above zero",
                    idleTimeout.get());
        }
    }

    /**
     * Returns the defaults for a server.
     *
     * @param transport what carries the bytes
     * @param client the server
     * @return a configuration
     */
    public static PipeConfig of(Transport transport, ClientConfig client) {
        return new PipeConfig(
                Objects.requireNonNull(transport, "transport"),
                client,
                DATAGRAM_BYTES,
                false,
                Optional.empty());
    }

    /**
     * Returns this with datagrams of another size.
     *
     * @param datagramBytes the most, from 1
     * @return a configuration
     * @throws IllegalArgumentException if it is out of its range
     */
    public PipeConfig withDatagramBytes(int datagramBytes) {
        return new PipeConfig(transport, client, datagramBytes, lines, idleTimeout);
    }

    /**
     * Returns this with or without lines.
     *
     * @param lines whether a line is a datagram
     * @return a configuration
     * @throws IllegalArgumentException if it is so over TCP
     */
    public PipeConfig withLines(boolean lines) {
        return new PipeConfig(transport, client, datagramBytes, lines, idleTimeout);
    }

    /**
     * Returns this with a time to wait while nothing moves.
     *
     * @param idleTimeout above zero
     * @return a configuration
     * @throws IllegalArgumentException if it is not
     */
    public PipeConfig withIdleTimeout(Duration idleTimeout) {
        return new PipeConfig(transport, client, datagramBytes, lines, Optional.of(idleTimeout));
    }
}
