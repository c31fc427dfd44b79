package net.client.run.internal;

import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.Fault;
import net.client.connect.internal.PeerProtocol;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What comes back over a connection in an exchange, and what it says if no more comes. */
abstract sealed class ResponseReader
        permits ResponseReader.Greeting, ResponseReader.Receipt, ResponseReader.Echo {
    /** How many bytes have come. */
    int received;

    /** Returns the one of a service that has a payload to echo. */
    static ResponseReader of(Service service, ByteBuffer payload, Message answer) {
        return switch (service) {
            case GREET -> new Greeting();
            case RECEIVE -> new Receipt();
            default -> new Echo(payload.duplicate(), answer);
        };
    }

    /** Returns how many bytes of the current exchange have come. */
    final int received() {
        return received;
    }

    /** Begins with the next exchange. */
    void clear() {
        received = 0;
    }

    /** Takes as much of what came as belongs to the exchange; returns what is wrong with it. */
    abstract Optional<Fault> take(ByteBuffer in);

    /** Tells whether all has come, with no FIN to await. */
    abstract boolean isWhole();

    /** Returns what has come, as far as a message has room for it. */
    abstract Message message();

    /** Returns what the peer's FIN, or the end after a reset, lacks to be a success. */
    abstract Optional<Fault> atFin(boolean isSent, boolean isReset);

    abstract Fault atReset();

    /** Returns what is wrong if no more comes in time. */
    abstract Fault late();

    /** The greeting, and the FIN that is the receipt. */
    static final class Greeting extends ResponseReader {
        /** One byte more than a greeting may have, to see whether it ends there. */
        private final byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES + 1];

        @Override
        Optional<Fault> take(ByteBuffer in) {
            int count = Math.min(in.remaining(), bytes.length - received);
            in.get(bytes, received, count);
            received += count;
            if (received < bytes.length) {
                return Optional.empty();
            }
            String detail = "more than " + Protocol.MAX_MESSAGE_BYTES + " bytes of greeting";
            return Optional.of(speech().orElse(new Fault(Kind.WRONG_SERVICE, detail)));
        }

        @Override
        boolean isWhole() {
            return false;
        }

        @Override
        Message message() {
            return Message.of(bytes, 0, Math.min(received, Protocol.MAX_MESSAGE_BYTES));
        }

        @Override
        Optional<Fault> atFin(boolean isSent, boolean isReset) {
            if (received == 0) {
                // A reset that the write was told of reads as an end.
                return Optional.of(
                        isReset
                                ? new Fault(Kind.RESET, "reset before a greeting")
                                : new Fault(Kind.CLOSED, "closed before a greeting"));
            }
            Optional<Fault> speech = speech();
            return isSent || speech.isPresent() ? speech : Optional.of(notSent());
        }

        @Override
        Fault atReset() {
            return received == 0
                    ? new Fault(Kind.RESET, "reset before a greeting")
                    : speech().orElse(
                                    new Fault(
                                            Kind.NO_RECEIPT,
                                            "reset after the greeting, so no receipt"));
        }

        @Override
        Fault late() {
            if (received == 0) {
                return new Fault(Kind.SILENT, "no greeting in time");
            }
            boolean isOurs = Protocol.SERVER_GREETING.startsWith(text());
            return isOurs
                    ? new Fault(Kind.TIMEOUT, "no receipt in time")
                    : speech().orElse(
                                    new Fault(
                                            Kind.WRONG_SERVICE,
                                            "no receipt in time, and the greeting of something"
                                                    + " else"));
        }

        private String text() {
            return new String(bytes, 0, received, StandardCharsets.ISO_8859_1);
        }

        /** Returns what is wrong if it is known who greets so, and none of our servers does. */
        private Optional<Fault> speech() {
            Optional<PeerProtocol> speech = PeerProtocol.of(bytes, received);
            return speech.isEmpty() || speech.get() == PeerProtocol.GREET
                    ? Optional.empty()
                    : Optional.of(speech.get().fault());
        }
    }

    /** The FIN that is the receipt, alone. */
    static final class Receipt extends ResponseReader {
        private Message message = Message.of("");

        @Override
        Optional<Fault> take(ByteBuffer in) {
            byte[] bytes = new byte[Math.min(in.remaining(), Protocol.MAX_MESSAGE_BYTES)];
            in.get(bytes);
            message = Message.of(bytes);
            received = bytes.length;
            Optional<PeerProtocol> speech = PeerProtocol.of(bytes, bytes.length);
            return Optional.of(
                    speech.isPresent()
                            ? speech.get().fault()
                            : new Fault(Kind.PROTOCOL, "answer from a service that has none"));
        }

        @Override
        boolean isWhole() {
            return false;
        }

        @Override
        Message message() {
            return received == 0 ? Message.of("") : message;
        }

        @Override
        Optional<Fault> atFin(boolean isSent, boolean isReset) {
            return isSent ? Optional.empty() : Optional.of(notSent());
        }

        @Override
        Fault atReset() {
            return new Fault(Kind.NO_RECEIPT, "reset, so no receipt");
        }

        @Override
        Fault late() {
            return new Fault(Kind.SILENT, "no receipt in time");
        }
    }

    /** The payload, which is over with its last byte. */
    static final class Echo extends ResponseReader {
        private static final byte[] NOTHING = {};

        private final ByteBuffer payload;
        private final Message answer;

        /** What has come in place of an echo; empty otherwise. */
        private byte[] wrong = NOTHING;

        Echo(ByteBuffer payload, Message answer) {
            this.payload = payload;
            this.answer = answer;
        }

        @Override
        Optional<Fault> take(ByteBuffer in) {
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
            Optional<PeerProtocol> speech =
                    received == 0 ? PeerProtocol.of(wrong, wrong.length) : Optional.empty();
            return speech.isPresent()
                    ? speech.get().fault()
                    : new Fault(Kind.CORRUPT, "answer differs from what was sent");
        }

        @Override
        void clear() {
            super.clear();
            wrong = NOTHING;
        }

        @Override
        boolean isWhole() {
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
        Optional<Fault> atFin(boolean isSent, boolean isReset) {
            // A reset that the write was told of reads as an end.
            return Optional.of(isReset ? atReset() : new Fault(Kind.CLOSED, "closed " + before()));
        }

        @Override
        Fault atReset() {
            return new Fault(Kind.RESET, "reset " + before());
        }

        private String before() {
            return received == 0
                    ? "before an answer"
                    : "after " + received + " of " + payload.capacity() + " bytes of the answer";
        }

        @Override
        Fault late() {
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
