package net.client.connect;

import net.protocol.Message;

import java.io.IOException;

/**
 * Says why an exchange failed; its connection is closed. The message names what was tried, where,
 * and what came of it, for each address that was tried.
 */
public final class ExchangeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The reasons that a program may want to tell apart. */
    public enum Kind {
        /** The name is not known. */
        DNS("dns"),

        /** The resolver did not answer in time. */
        DNS_TIMEOUT("dns_timeout"),

        /** Nobody listens on the port. */
        REFUSED("refused"),

        /** The network has no way there. */
        UNREACHABLE("unreachable"),

        /** Nothing came back when a connection was asked for, not even a refusal. */
        FILTERED("filtered"),

        /** The connection stood, and the peer sent nothing in time. */
        SILENT("silent"),

        /** The time was up: part of an answer had come, or over UDP none. */
        TIMEOUT("timeout"),

        /** The peer reset the connection before it sent what was awaited. */
        RESET("reset"),

        /** The peer closed the connection before it sent what was awaited. */
        CLOSED("closed"),

        /** The peer greeted, and gave no receipt: the message may not be recorded. */
        NO_RECEIPT("no_receipt"),

        /** The peer sent what the service does not allow. */
        PROTOCOL("protocol"),

        /** What the peer sent is that of another service. */
        WRONG_SERVICE("wrong_service"),

        /** The peer speaks TLS (RFC 8446). */
        TLS("tls"),

        /** An echo came back with other bytes than were sent. */
        CORRUPT("corrupt"),

        /** A datagram came from another address than the one asked. */
        WRONG_SOURCE("wrong_source"),

        /** The calling thread was interrupted; its interrupt status is set. */
        INTERRUPTED("interrupted"),

        /** A link on the way has no room for a datagram that is not to be cut to pieces. */
        TOO_LARGE("too_large"),

        /** This machine does not permit it. */
        PERMISSION("permission"),

        /** This machine has no descriptors, ports or memory left for it, or not the address. */
        LOCAL("local"),

        /** Anything else. */
        OTHER("other");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /**
         * Returns the name as reports spell it.
         *
         * @return lower-case letters and underscores
         */
        public String label() {
            return label;
        }
    }

    /** The reason. */
    private final Kind kind;

    /** Transient, since a message is not serializable: a copy has an empty one. */
    private final transient Message received;

    /** Bytes handed to the system. */
    private final long bytesSent;

    /**
     * Creates an exception.
     *
     * @param kind the kind of failure
     * @param message what was tried, where, and why it failed
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
     * Returns why the exchange failed.
     *
     * @return the reason
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns what had arrived.
     *
     * @return at most {@value net.protocol.Protocol#MAX_MESSAGE_BYTES} bytes; often none
     */
    public Message received() {
        return received == null ? Message.of("") : received;
    }

    /**
     * Returns how many bytes of the message were handed to the system before the failure.
     *
     * @return zero or more
     */
    public long bytesSent() {
        return bytesSent;
    }
}
