package net.client.run.flow;

import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.Fault;
import net.client.connect.internal.PeerProtocol;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads and checks the response of an exchange over TCP, one exchange after the other. */
abstract sealed class ResponseReader
        permits ResponseReader.Greeting, ResponseReader.Receipt, ResponseReader.Echo {
    /** Number of bytes received in the current exchange. */
    int received;

    /** Returns a reader for a service; payload and answer are those of {@code echo}. */
    static ResponseReader of(Service service, ByteBuffer payload, Message answer) {
        return switch (service) {
            case GREET -> new Greeting();
            case RECEIVE -> new Receipt();
            default -> new Echo(payload.duplicate(), answer);
        };
    }

    /** Returns the number of bytes received in the current exchange. */
    final int received() {
        return received;
    }

    /** Prepares for the next exchange. */
    void clear() {
        received = 0;
    }

    /** Reads the bytes that belong to the current exchange; returns a fault if they are wrong. */
    abstract Optional<Fault> read(ByteBuffer in);

    /** Returns whether the response is complete without a FIN. */
    abstract boolean isComplete();

    /** Returns the bytes received, truncated to a message. */
    abstract Message message();

    /** Returns the fault, if any, at the peer's FIN, or at the end of input after a reset. */
    abstract Optional<Fault> onFin(boolean isSent, boolean isReset);

    /** Returns the fault at a reset. */
    abstract Fault onReset();

    /** Returns the fault at a timeout. */
    abstract Fault onTimeout();

    /** Reads a greeting and the FIN that is the receipt. */
    static final class Greeting extends ResponseReader {
        /** One byte more than the maximum, to detect a longer greeting. */
        private final byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES + 1];

        @Override
        Optional<Fault> read(ByteBuffer in) {
            int count = Math.min(in.remaining(), bytes.length - received);
            in.get(bytes, received, count);
            received += count;
            if (received < bytes.length) {
                return Optional.empty();
            }
            String detail = "greeting longer than " + Protocol.MAX_MESSAGE_BYTES + " bytes";
            return Optional.of(otherProtocol().orElse(new Fault(Kind.WRONG_SERVICE, detail)));
        }

        @Override
        boolean isComplete() {
            return false;
        }

        @Override
        Message message() {
            return Message.of(bytes, 0, Math.min(received, Protocol.MAX_MESSAGE_BYTES));
        }

        @Override
        Optional<Fault> onFin(boolean isSent, boolean isReset) {
            if (received == 0) {
                // After a reset was reported by a write, a read returns the end of input.
                return Optional.of(
                        isReset
                                ? new Fault(Kind.RESET, "reset before a greeting")
                                : new Fault(Kind.CLOSED, "closed before a greeting"));
            }
            Optional<Fault> fault = otherProtocol();
            return isSent || fault.isPresent() ? fault : Optional.of(notSent());
        }

        @Override
        Fault onReset() {
            return received == 0
                    ? new Fault(Kind.RESET, "reset before a greeting")
                    : otherProtocol()
                            .orElse(
                                    new Fault(
                                            Kind.NO_RECEIPT,
                                            "reset after the greeting, so no receipt"));
        }

        @Override
        Fault onTimeout() {
            if (received == 0) {
                return new Fault(Kind.SILENT, "no greeting in time");
            }
            boolean isOurs = Protocol.SERVER_GREETING.startsWith(text());
            return isOurs
                    ? new Fault(Kind.TIMEOUT, "no receipt in time")
                    : otherProtocol()
                            .orElse(
                                    new Fault(
                                            Kind.WRONG_SERVICE,
                                            "no receipt in time, and an unknown greeting"));
        }

        private String text() {
            return new String(bytes, 0, received, StandardCharsets.ISO_8859_1);
        }

        /** Returns a fault if the bytes are those of a known other protocol. */
        private Optional<Fault> otherProtocol() {
            Optional<PeerProtocol> protocol = PeerProtocol.of(bytes, received);
            return protocol.isEmpty() || protocol.get() == PeerProtocol.GREET
                    ? Optional.empty()
                    : Optional.of(protocol.get().fault());
        }
    }

    /** Reads only the FIN that is the receipt. */
    static final class Receipt extends ResponseReader {
        private Message message = Message.of("");

        @Override
        Optional<Fault> read(ByteBuffer in) {
            byte[] bytes = new byte[Math.min(in.remaining(), Protocol.MAX_MESSAGE_BYTES)];
            in.get(bytes);
            message = Message.of(bytes);
            received = bytes.length;
            Optional<PeerProtocol> protocol = PeerProtocol.of(bytes, bytes.length);
            return Optional.of(
                    protocol.isPresent()
                            ? protocol.get().fault()
                            : new Fault(
                                    Kind.PROTOCOL, "the server answered; receive must not answer"));
        }

        @Override
        boolean isComplete() {
            return false;
        }

        @Override
        Message message() {
            return received == 0 ? Message.of("") : message;
        }

        @Override
        Optional<Fault> onFin(boolean isSent, boolean isReset) {
            return isSent ? Optional.empty() : Optional.of(notSent());
        }

        @Override
        Fault onReset() {
            return new Fault(Kind.NO_RECEIPT, "reset, so no receipt");
        }

        @Override
        Fault onTimeout() {
            return new Fault(Kind.SILENT, "no receipt in time");
        }
    }

    /** Reads the payload; the response ends with its last byte. */
    static final class Echo extends ResponseReader {
        private static final byte[] NOTHING = {};

        private final ByteBuffer payload;
        private final Message answer;

        /** Bytes received that differ from the payload; normally empty. */
        private byte[] wrong = NOTHING;

        Echo(ByteBuffer payload, Message answer) {
            this.payload = payload;
            this.answer = answer;
        }

        @Override
        Optional<Fault> read(ByteBuffer in) {
            int end = in.limit();
            int count = Math.min(in.remaining(), payload.capacity() - received);
            in.limit(in.position() + count);
            payload.limit(received + count).position(received);
            boolean isSame = in.equals(payload);
            in.position(in.limit()).limit(end);
            if (!isSame) {
                return Optional.of(differs(in, count));
            }
            received += count;
            return Optional.empty();
        }

        private Fault differs(ByteBuffer in, int count) {
            int from = in.position() - count;
            wrong = new byte[Math.min(in.limit() - from, Protocol.MAX_MESSAGE_BYTES)];
            in.get(from, wrong);
            Optional<PeerProtocol> protocol =
                    received == 0 ? PeerProtocol.of(wrong, wrong.length) : Optional.empty();
            return protocol.isPresent()
                    ? protocol.get().fault()
                    : new Fault(Kind.CORRUPT, "answer differs from what was sent");
        }

        @Override
        void clear() {
            super.clear();
            wrong = NOTHING;
        }

        @Override
        boolean isComplete() {
            return received == payload.capacity();
        }

        @Override
        Message message() {
            if (wrong.length > 0) {
                return Message.of(wrong);
            }
            return received >= answer.size() ? answer : Message.of(answer.bytes(), 0, received);
        }

        @Override
        Optional<Fault> onFin(boolean isSent, boolean isReset) {
            // After a reset was reported by a write, a read returns the end of input.
            return Optional.of(isReset ? onReset() : new Fault(Kind.CLOSED, "closed " + before()));
        }

        @Override
        Fault onReset() {
            return new Fault(Kind.RESET, "reset " + before());
        }

        private String before() {
            return received == 0
                    ? "before an answer"
                    : "after " + received + " of " + payload.capacity() + " bytes of the answer";
        }

        @Override
        Fault onTimeout() {
            return received == 0
                    ? new Fault(Kind.SILENT, "no answer in time")
                    : new Fault(
                            Kind.TIMEOUT,
                            received + " of " + payload.capacity() + " bytes in time");
        }
    }

    private static Fault notSent() {
        return new Fault(Kind.NO_RECEIPT, "message not sent, so no receipt");
    }
}
