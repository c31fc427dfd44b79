package net.client;

import net.client.ExchangeException.Kind;
import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.Service;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What comes back over a connection in an exchange, and what it says if no more comes. */
abstract sealed class Reply permits Reply.Greeting, Reply.Receipt, Reply.Echo {
    /** Why an exchange failed. */
    record Fault(Kind kind, String detail) {}

    /** How many bytes have come. */
    int received;

    /** Returns the one of a service that has a payload to echo. */
    static Reply of(Service service, ByteBuffer payload, Message answer) {
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
    final void clear() {
        received = 0;
    }

    /** Takes as much of what came as belongs to the exchange; returns what is wrong with it. */
    abstract Optional<Fault> take(ByteBuffer in);

    /** Tells whether all has come, with no FIN to await. */
    abstract boolean isWhole();

    /** Returns what has come, as far as a message has room for it. */
    abstract Message message();

    /** Returns what the peer's FIN lacks to be a success. */
    abstract Optional<Fault> atFin(boolean isSent, boolean isSendFailed);

    abstract Fault atReset();

    /** Says what did not come in time. */
    abstract String late();

    /** The greeting, and the FIN that is the receipt. */
    static final class Greeting extends Reply {
        /** One byte more than a greeting may have, to see whether it ends there. */
        private final byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES + 1];

        @Override
        Optional<Fault> take(ByteBuffer in) {
            int count = Math.min(in.remaining(), bytes.length - received);
            in.get(bytes, received, count);
            received += count;
            String detail = "more than " + Protocol.MAX_MESSAGE_BYTES + " bytes of greeting";
            return received < bytes.length
                    ? Optional.empty()
                    : Optional.of(new Fault(Kind.PROTOCOL, detail));
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
        Optional<Fault> atFin(boolean isSent, boolean isSendFailed) {
            if (received == 0) {
                // A reset that the write was told of reads as an end.
                return Optional.of(
                        isSendFailed
                                ? new Fault(Kind.RESET, "reset before a greeting")
                                : new Fault(Kind.CLOSED, "closed before a greeting"));
            }
            return isSent ? Optional.empty() : Optional.of(notSent());
        }

        @Override
        Fault atReset() {
            return received == 0
                    ? new Fault(Kind.RESET, "reset before a greeting")
                    : new Fault(Kind.NO_RECEIPT, "reset after the greeting, so no receipt");
        }

        @Override
        String late() {
            return received == 0 ? "no greeting in time" : "no receipt in time";
        }
    }

    /** The FIN that is the receipt, alone. */
    static final class Receipt extends Reply {
        private Message message = Message.of("");

        @Override
        Optional<Fault> take(ByteBuffer in) {
            byte[] bytes = new byte[Math.min(in.remaining(), Protocol.MAX_MESSAGE_BYTES)];
            in.get(bytes);
            message = Message.of(bytes);
            received = bytes.length;
            return Optional.of(new Fault(Kind.PROTOCOL, "answer from a service that has none"));
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
        Optional<Fault> atFin(boolean isSent, boolean isSendFailed) {
            return isSent ? Optional.empty() : Optional.of(notSent());
        }

        @Override
        Fault atReset() {
            return new Fault(Kind.NO_RECEIPT, "reset, so no receipt");
        }

        @Override
        String late() {
            return "no receipt in time";
        }
    }

    /** The payload, which is over with its last byte. */
    static final class Echo extends Reply {
        private final ByteBuffer payload;
        private final Message answer;

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
                return Optional.of(new Fault(Kind.CORRUPT, "answer differs from what was sent"));
            }
            received += count;
            return Optional.empty();
        }

        @Override
        boolean isWhole() {
            return received == payload.capacity();
        }

        @Override
        Message message() {
            return received >= answer.size() ? answer : Message.of(answer.bytes(), 0, received);
        }

        @Override
        Optional<Fault> atFin(boolean isSent, boolean isSendFailed) {
            return Optional.of(new Fault(Kind.CLOSED, "closed " + before()));
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
        String late() {
            return received == 0
                    ? "no answer in time"
                    : received + " of " + payload.capacity() + " bytes in time";
        }
    }

    private static Fault notSent() {
        return new Fault(Kind.NO_RECEIPT, "message not sent, so no receipt");
    }
}
