package net.client.pipe;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.protocol.Transport;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.Optional;

/**
 * Bytes to and from a server, as they are: an input to the network, and the network to an output,
 * both at once.
 *
 * <p>Over TCP the end of the input is the end of what is sent (FIN), and the pipe is over with the
 * peer's FIN. Where the peer ends first, what is at hand of the input is sent all the same, and the
 * pipe is over when the input has kept silent for {@value #SILENCE_MILLIS} ms. The peer sees an
 * orderly end then, and only then: after any failure it sees a reset, lest it takes a part for the
 * whole. All that arrived before a reset, or before a write failed, comes to the output.
 *
 * <p>Over UDP each read of the input is a datagram, or two where it is too long for one, and so on;
 * or each line is, without its LF or CRLF. The payloads of datagrams from the peer come to the
 * output as they are, or as lines with LF. Of a name with several addresses, the first one that
 * does not refuse the first datagram within {@link ClientConfig#UDP_REFUSAL_WAIT} is the peer.
 */
public final class Pipe {
    /** How long over TCP an input keeps silent that is not waited for after the peer's FIN. */
    public static final int SILENCE_MILLIS = 500;

    private final PipeConfig config;
    private volatile Optional<PipeSession> open = Optional.empty();

    /**
     * Creates a pipe; nothing is looked up, connected or sent.
     *
     * @param config what it connects
     */
    public Pipe(PipeConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    /**
     * Connects, and moves bytes until the pipe is over. Blocks until then, or until the thread is
     * interrupted. Both channels are closed when it returns or throws, which ends what is blocked
     * in them if they are interruptible. To be called once.
     *
     * @param in where to read what is sent
     * @param out where to write what comes
     * @return what went through
     * @throws ExchangeException if the server cannot be reached, refuses or resets, if nothing has
     *     moved for the configured time, or if the thread was interrupted, whose status is set
     * @throws PipeException if the input or the output failed; it keeps the cause
     * @throws IOException if the server's connection cannot be used
     */
    public PipeResult run(ReadableByteChannel in, WritableByteChannel out) throws IOException {
        try (PipeInput input = new PipeInput(in);
                PipeOutput output = new PipeOutput(out);
                PipeSession pipe =
                        config.transport() == Transport.TCP
                                ? TcpPipe.open(config, input, output)
                                : UdpPipe.open(config, input, output)) {
            open = Optional.of(pipe);
            pipe.run();
            return pipe.result();
        }
    }

    /**
     * Returns what has gone through so far; from any thread, at any time.
     *
     * @return empty before there is a connection or a socket
     */
    public Optional<PipeResult> soFar() {
        Optional<PipeSession> pipe = open;
        return pipe.isPresent() ? Optional.of(pipe.get().result()) : Optional.empty();
    }
}
