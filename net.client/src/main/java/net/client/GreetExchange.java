package net.client;

import net.client.ExchangeException.Kind;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Protocol;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The client's side of {@link net.protocol.Service#GREET} on a connection. */
final class GreetExchange {
    private final SocketChannel channel;
    private final Deadline deadline;
    private final InetSocketAddress local;
    private final InetSocketAddress peer;

    /** One byte more than a greeting may have, to see whether it ends there. */
    private final byte[] bytes = new byte[Protocol.MAX_MESSAGE_BYTES + 1];

    private int received;
    private long sent;

    GreetExchange(SocketChannel channel, Deadline deadline) {
        this.channel = channel;
        this.deadline = deadline;
        this.local = (InetSocketAddress) channel.socket().getLocalSocketAddress();
        this.peer = (InetSocketAddress) channel.socket().getRemoteSocketAddress();
    }

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress peer() {
        return peer;
    }

    /** Returns what has come so far of the greeting. */
    Message received() {
        return Message.of(bytes, 0, Math.min(received, Protocol.MAX_MESSAGE_BYTES));
    }

    /** Sends, half-closes, reads to the receipt, and closes. */
    void run(Message message) throws ExchangeException {
        try (channel) {
            IOException sendFailure = send(message);
            receive();
            if (received == 0) {
                // A reset that the write was told of reads as an end.
                throw sendFailure == null
                        ? failed(Kind.CLOSED, "closed before a greeting", null)
                        : failed(Kind.RESET, "reset before a greeting", sendFailure);
            }
            if (sendFailure != null) {
                throw failed(Kind.NO_RECEIPT, "message not sent, so no receipt", sendFailure);
            }
        } catch (ExchangeException e) {
            throw e;
        } catch (SocketTimeoutException e) {
            throw received == 0
                    ? failed(Kind.TIMEOUT, "no greeting in time", e)
                    : failed(Kind.TIMEOUT, "no receipt in time", e);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw failed(Kind.INTERRUPTED, "interrupted", e);
            }
            throw received == 0
                    ? failed(Kind.RESET, "reset before a greeting", e)
                    : failed(Kind.NO_RECEIPT, "reset after the greeting, so no receipt", e);
        }
    }

    /** Returns the failure, if any: what the peer sent can be read all the same. */
    private IOException send(Message message) {
        try {
            ByteBuffer buffer = message.buffer();
            while (buffer.hasRemaining()) {
                sent += channel.write(buffer);
            }
            channel.shutdownOutput();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** Reads to the peer's FIN. */
    private void receive() throws IOException {
        while (true) {
            channel.socket().setSoTimeout(deadline.leftMillis());
            int count =
                    channel.socket()
                            .getInputStream()
                            .read(bytes, received, bytes.length - received);
            if (count < 0) {
                return;
            }
            received += count;
            if (received == bytes.length) {
                String detail = "more than " + Protocol.MAX_MESSAGE_BYTES + " bytes of greeting";
                throw failed(Kind.PROTOCOL, detail, null);
            }
        }
    }

    private ExchangeException failed(Kind kind, String detail, IOException cause) {
        String message = "exchange with " + Endpoint.of(peer) + " failed: " + detail;
        return new ExchangeException(kind, message, received(), sent, cause);
    }
}
