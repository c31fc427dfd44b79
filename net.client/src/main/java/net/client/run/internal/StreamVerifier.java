package net.client.run.internal;

import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.Fault;
import net.client.connect.internal.PeerProtocol;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Service;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What comes back on a stream, and what it says if no more comes. */
final class StreamVerifier {
    private final Service service;
    private final RepeatingPattern echo;
    private long sent;
    private long received;

    /** What came first, or in place of an echo. */
    private Message message = Message.of("");

    StreamVerifier(Service service, ByteBuffer payload) {
        this.service = service;
        this.echo = new RepeatingPattern(payload);
    }

    /** Takes note of what went. */
    void sent(long bytes) {
        sent += bytes;
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    /** Returns what has come, as far as it tells something and a message has room for it. */
    Message message() {
        return message;
    }

    /** Takes what came; returns what is wrong with it. */
    Optional<Fault> take(ByteBuffer in) {
        boolean isFirst = received == 0;
        received += in.remaining();
        return switch (service) {
            case CHARGEN -> isFirst ? speech(in) : Optional.empty();
            case ECHO -> echo(in, isFirst);
            default ->
                    speech(in)
                            .or(() -> fault(Kind.PROTOCOL, "answer from a service that has none"));
        };
    }

    private Optional<Fault> echo(ByteBuffer in, boolean isFirst) {
        if (received > sent) {
            return fault(Kind.PROTOCOL, "more came back than was sent");
        }
        int start = in.position();
        if (echo.take(in)) {
            return Optional.empty();
        }
        long place = received - in.remaining();
        Optional<Fault> speech = speech(isFirst ? in.position(start) : in);
        return isFirst && speech.isPresent()
                ? speech
                : fault(Kind.CORRUPT, "echo differs from what was sent at byte " + (place + 1));
    }

    /** Keeps what has come as a message; returns what is wrong if it is known who speaks so. */
    private Optional<Fault> speech(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.remaining(), Protocol.MAX_MESSAGE_BYTES)];
        in.get(bytes);
        message = Message.of(bytes);
        return PeerProtocol.of(bytes, bytes.length).map(PeerProtocol::fault);
    }

    private static Optional<Fault> fault(Kind kind, String detail) {
        return Optional.of(new Fault(kind, detail));
    }

    /** Returns what the peer's FIN lacks to be a success. */
    Optional<Fault> atFin(boolean isSent) {
        boolean isWhole = service == Service.DISCARD || received == sent;
        return isSent && isWhole ? Optional.empty() : fault(Kind.CLOSED, "closed " + after());
    }

    Fault atReset(boolean isSent) {
        return isSent && service == Service.DISCARD
                ? new Fault(Kind.NO_RECEIPT, "reset " + after() + ", so no receipt")
                : new Fault(Kind.RESET, "reset " + after());
    }

    /** Returns what is wrong if nothing has moved for too long. */
    Fault stalled(boolean isSent) {
        if (isSent && service == Service.DISCARD) {
            return new Fault(Kind.SILENT, "no receipt in time " + after());
        }
        boolean isSilent = service != Service.DISCARD && received == 0;
        return new Fault(isSilent ? Kind.SILENT : Kind.TIMEOUT, "nothing moved in time " + after());
    }

    private String after() {
        String both = sent + " bytes sent and " + received + " received";
        return switch (service) {
            case CHARGEN -> "after " + received + " bytes received";
            case ECHO -> "after " + both;
            default -> "after " + sent + " bytes sent";
        };
    }
}
