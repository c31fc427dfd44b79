package net.client.connect;

import net.protocol.Message;

import java.io.IOException;

/**
 * Thrown when an exchange fails; its connection is closed. The message names the operation, the
 * address and the reason, for each address that was tried.
 */
public final class ExchangeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The kinds of failure. */
    public enum Kind {
        /** The host name does not exist, or has no address of the configured family. */
        DNS("dns"),

        /** The resolver did not answer in time. */
        DNS_TIMEOUT("dns_timeout"),

        /** The resolver failed, so that it is not known whether the host name exists. */
        DNS_FAILED("dns_failed"),

        /** The connection or datagram was refused: no socket listens on the port. */
        REFUSED("refused"),

        /** There is no route to the address, or its host does not support the protocol. */
        UNREACHABLE("unreachable"),

        /** A connection attempt got no response, not even a refusal. */
        FILTERED("filtered"),

        /** The connection was established, but the peer sent nothing in time. */
        SILENT("silent"),

        /** The exchange timed out after part of an answer, or over UDP without one. */
        TIMEOUT("timeout"),

        /** The peer reset the connection before the answer was complete. */
        RESET("reset"),

        /** The peer closed the connection before the answer was complete. */
        CLOSED("closed"),

        /** The connection ended without a receipt: the message may not be recorded. */
        NO_RECEIPT("no_receipt"),

        /** The peer violated the protocol of the service. */
        PROTOCOL("protocol"),

        /** The peer runs another service. */
        WRONG_SERVICE("wrong_service"),

        /** The peer expects TLS (RFC 8446). */
        TLS("tls"),

        /** An echo differs from the bytes sent. */
        CORRUPT("corrupt"),

        /** A datagram arrived from another address than the server's. */
        WRONG_SOURCE("wrong_source"),

        /** The calling thread was interrupted; its interrupt status is set. */
        INTERRUPTED("interrupted"),

        /** A datagram with the don't-fragment flag exceeds the path MTU. */
        TOO_LARGE("too_large"),

        /** The local system denied permission. */
        PERMISSION("permission"),

        /**
         * The local system lacks descriptors, ports, memory, the source address or the zone, or
         * discards the packets by a blackhole route.
         */
        LOCAL("local"),

        /** Any other failure. */
        OTHER("other");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * Returns the name used in reports.
         *
         * @return lower-case letters and underscores
         */
        public String label() {
            return label;
        }
    }

    /** The kind of failure. */
    private final Kind kind;

    /** Transient because {@link Message} is not serializable; empty after deserialization. */
    private final transient Message received;

    /** Payload bytes passed to the operating system. */
    private final long bytesSent;

    /**
     * Creates an exception.
     *
     * @param kind the kind of failure
     * @param message the operation, the address and the reason
     * @param received the bytes received before the failure, possibly empty
     * @param bytesSent payload bytes passed to the operating system
     * @param cause the exception of the JDK, or {@code null} if there is none
     */
    public ExchangeException(
            Kind kind, String message, Message received, long bytesSent, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.received = received;
        this.bytesSent = bytesSent;
    }

    /**
     * Returns the kind of failure.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns the bytes received before the failure.
     *
     * @return at most {@value net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes, possibly none
     */
    public Message received() {
        return received == null ? Message.of("") : received;
    }

    /**
     * Returns the payload bytes passed to the operating system before the failure.
     *
     * @return zero or more
     */
    public long bytesSent() {
        return bytesSent;
    }
}
