package net.client.pipe;

import net.client.connect.ExchangeException;
import net.client.connect.internal.ExceptionTranslator;
import net.client.internal.MonotonicTime;
import net.protocol.Protocol;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A pipe over a UDP socket. */
final class UdpPipe extends PipeSession {
    private final FailoverUdpSocket socket;
    private final PipeConfig config;
    private final PipeOutput out;
    private final long idleNanos;
    private final PipeDirection sender;
    private final PipeDirection receiver;

    private UdpPipe(FailoverUdpSocket socket, PipeConfig config, PipeInput in, PipeOutput out) {
        this.socket = socket;
        this.config = config;
        this.out = out;
        this.idleNanos =
                MonotonicTime.nanos(config.idleTimeout().orElse(PipeConfig.UDP_IDLE_TIMEOUT));
        this.sender = new Sender(new DatagramReader(in, config.datagramBytes(), config.lines()));
        this.receiver = new Receiver();
    }

    /** Opens a socket. */
    static UdpPipe open(PipeConfig config, PipeInput in, PipeOutput out) throws IOException {
        return new UdpPipe(FailoverUdpSocket.open(config.client()), config, in, out);
    }

    /** Sends the input to the peer. */
    private final class Sender extends PipeDirection {
        private final DatagramReader datagrams;

        private Sender(DatagramReader datagrams) {
            this.datagrams = datagrams;
        }

        @Override
        void copy() throws IOException {
            ByteBuffer datagram = datagrams.next();
            while (datagram != null) {
                socket.send(datagram);
                addCopied(datagram.limit());
                datagram = datagrams.next();
            }
        }
    }

    /** Writes received datagrams to the output. */
    private final class Receiver extends PipeDirection {
        /** One byte longer than a datagram, for the line end. */
        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(Protocol.MAX_DATAGRAM_BYTES + 1);

        @Override
        void copy() throws IOException {
            while (true) {
                socket.receive(buffer.clear());
                addCopied(buffer.position());
                if (config.lines()) {
                    buffer.put((byte) '\n');
                }
                out.write(buffer.flip());
                touch();
            }
        }
    }

    @Override
    InetSocketAddress local() {
        return socket.local();
    }

    @Override
    InetSocketAddress peer() {
        return socket.peer();
    }

    @Override
    PipeDirection sender() {
        return sender;
    }

    @Override
    PipeDirection receiver() {
        return receiver;
    }

    @Override
    long checkRemainingNanos(long nowNanos) throws IOException {
        // Read before the failure, so that the failure of an ended direction is visible.
        boolean hasSentAll = sender.isOver();
        requireWorking(receiver);
        requireWorking(sender);
        long activeNanos = Math.max(sender.activeNanos(), receiver.activeNanos());
        return hasSentAll ? idleNanos - (nowNanos - activeNanos) : MonotonicTime.NEVER;
    }

    private void requireWorking(PipeDirection direction) throws IOException {
        IOException failure = direction.failure();
        if (failure instanceof ExchangeException refused) {
            throw refused;
        }
        if (failure != null) {
            String verb = direction == sender ? "send to" : "receive from";
            throw ExceptionTranslator.at(verb, peer(), sender.bytes(), failure);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
