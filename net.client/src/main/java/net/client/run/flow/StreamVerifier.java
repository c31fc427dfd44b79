package net.client.run.flow;

import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.Fault;
import net.client.connect.internal.PeerProtocol;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Service;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Checks the bytes received on a stream, and determines the fault if it ends early. */
final class StreamVerifier {
    private final Service service;
    private final RepeatingPattern echo;
    private long sent;
    private long received;

    /** The first bytes received from {@code chargen}, or those that are not an echo. */
    private Message message = Message.of("");

    StreamVerifier(Service service, ByteBuffer payload) {
        this.service = service;
        this.echo = new RepeatingPattern(payload);
    }

    /** Records bytes sent. */
    void addSent(long bytes) {
        sent += bytes;
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    /** Returns the bytes received that identify the peer or a fault, truncated to a message. */
    Message message() {
        return message;
    }

    /** Reads the next bytes; returns a fault if they are wrong. */
    Optional<Fault> read(ByteBuffer in) {
        boolean isFirst = received == 0;
        received += in.remaining();
        return switch (service) {
            case CHARGEN -> isFirst ? otherProtocol(in) : Optional.empty();
            case ECHO -> echo(in, isFirst);
            default ->
                    otherProtocol(in)
                            .or(
                                    () ->
                                            fault(
                                                    Kind.PROTOCOL,
                                                    "the server answered; discard must not"
                                                            + " answer"));
        };
    }

    private Optional<Fault> echo(ByteBuffer in, boolean isFirst) {
        if (received > sent) {
            return fault(Kind.PROTOCOL, "more bytes received than sent");
        }
        int start = in.position();
        if (echo.matchNext(in)) {
            return Optional.empty();
        }
        long offset = received - in.remaining();
        Optional<Fault> fault = otherProtocol(isFirst ? in.position(start) : in);
        return isFirst && fault.isPresent()
                ? fault
                : fault(Kind.CORRUPT, "echo differs from what was sent at byte " + (offset + 1));
    }

    /** Keeps the bytes as a message; returns a fault if they are those of a known protocol. */
    private Optional<Fault> otherProtocol(ByteBuffer in) {
        byte[] bytes = new byte[Math.min(in.remaining(), Protocol.MAX_MESSAGE_BYTES)];
        in.get(bytes);
        message = Message.of(bytes);
        return PeerProtocol.of(bytes, bytes.length).map(PeerProtocol::fault);
    }

    private static Optional<Fault> fault(Kind kind, String detail) {
        return Optional.of(new Fault(kind, detail));
    }

    /** Returns the fault, if any, at the peer's FIN. */
    Optional<Fault> onFin(boolean isSent) {
        boolean isWhole = service == Service.DISCARD || received == sent;
        return isSent && isWhole ? Optional.empty() : fault(Kind.CLOSED, "closed " + progress());
    }

    /** Returns the fault at a reset. */
    Fault onReset(boolean isSent) {
        return isSent && service == Service.DISCARD
                ? new Fault(Kind.NO_RECEIPT, "reset " + progress() + ", so no receipt")
                : new Fault(Kind.RESET, "reset " + progress());
    }

    /** Returns the fault when nothing was transferred within the timeout. */
    Fault onStall(boolean isSent) {
        if (isSent && service == Service.DISCARD) {
            return new Fault(Kind.SILENT, "no receipt in time " + progress());
        }
        boolean isSilent = service != Service.DISCARD && received == 0;
        return new Fault(
                isSilent ? Kind.SILENT : Kind.TIMEOUT,
                "no bytes transferred in time " + progress());
    }

    private String progress() {
        String both = sent + " bytes sent and " + received + " received";
        return switch (service) {
            case CHARGEN -> "after " + received + " bytes received";
            case ECHO -> "after " + both;
            default -> "after " + sent + " bytes sent";
        };
    }
}
