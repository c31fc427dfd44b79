package net.client.connect.internal;

import net.client.connect.ExchangeException.Kind;
import net.protocol.Protocol;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Application protocols, recognized by the first bytes that a peer sends. */
public enum PeerProtocol {
    TLS("TLS"),
    HTTP("HTTP"),
    SSH("SSH"),
    FTP_OR_SMTP("FTP or SMTP"),
    POP3_OR_REDIS("POP3 or Redis"),
    IMAP("IMAP"),
    GREET("greet");

    /** Content type of a TLS record (RFC 8446, section 5.1). */
    static final int TLS_ALERT = 21;

    static final int TLS_HANDSHAKE = 22;

    /** First octet of the version of a TLS record. */
    static final int TLS_MAJOR = 3;

    private final String label;

    PeerProtocol(String label) {
        this.label = label;
    }

    /** Returns the protocol of the first {@code count} bytes, if recognized. */
    public static Optional<PeerProtocol> of(byte[] bytes, int count) {
        if (count >= 2
                && (bytes[0] == TLS_ALERT || bytes[0] == TLS_HANDSHAKE)
                && bytes[1] == TLS_MAJOR) {
            return Optional.of(TLS);
        }
        String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        return text(text);
    }

    private static Optional<PeerProtocol> text(String text) {
        if (text.startsWith("HTTP/") || text.startsWith("<!DOCTYPE ") || text.startsWith("<html")) {
            return Optional.of(HTTP);
        }
        if (text.startsWith("SSH-")) {
            return Optional.of(SSH);
        }
        if (text.startsWith("220 ") || text.startsWith("220-")) {
            return Optional.of(FTP_OR_SMTP);
        }
        if (text.startsWith("+OK") || text.startsWith("-ERR")) {
            return Optional.of(POP3_OR_REDIS);
        }
        if (text.startsWith("* OK") || text.startsWith("* BYE")) {
            return Optional.of(IMAP);
        }
        return text.equals(Protocol.SERVER_GREETING) ? Optional.of(GREET) : Optional.empty();
    }

    /** Returns the fault of an exchange with such a peer. */
    public Fault fault() {
        return this == TLS
                ? new Fault(Kind.TLS, "the peer expects TLS")
                : new Fault(Kind.WRONG_SERVICE, "the peer runs another service: " + label);
    }
}
