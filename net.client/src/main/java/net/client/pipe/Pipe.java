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
 * Copies bytes from an input to a server and from the server to an output, in both directions at
 * once. Usable once; only {@link #soFar} may be called by other threads.
 *
 * <p>Over TCP, the end of the input half-closes the connection (FIN), and the pipe ends with the
 * peer's FIN. If the peer's FIN arrives first, the pipe continues to send until the end of the
 * input; an {@linkplain PipeConfig#interactive interactive} pipe ends once its input has been
 * silent for {@value #SILENCE_MILLIS} ms. The connection is then closed in order; after any failure
 * it is reset, so that the peer does not mistake partial data for the whole. All bytes received
 * before a reset or a failed write are written to the output.
 *
 * <p>Over UDP, each read of the input is sent as one datagram, or several if it exceeds the maximum
 * size. With {@link PipeConfig#lines}, each line is one datagram, without its LF or CRLF. Payloads
 * received are written unchanged, or as lines ending with LF. If the name has several addresses,
 * the peer is the first that does not refuse the first datagram within {@link
 * ClientConfig#UDP_REFUSAL_WAIT}. When the address of this machine changes, the socket is replaced,
 * at the latest before the first datagram sent more than one second later.
 */
public final class Pipe {
    /** Time without input after the peer's FIN that ends an interactive pipe over TCP. */
    public static final int SILENCE_MILLIS = 500;

    private final PipeConfig config;
    private volatile Optional<PipeSession> open = Optional.empty();

    /**
     * Creates a pipe without connecting.
     *
     * @param config the configuration
     */
    public Pipe(PipeConfig config) {
        this.config = Objects.requireNonNull(config, "config");
    }

    /**
     * Connects and copies bytes until the pipe ends or the thread is interrupted. Both channels are
     * closed when it returns or throws; interruptible channels are unblocked. May be called once.
     *
     * @param in the source of the bytes to send
     * @param out the destination of the received bytes
     * @return the totals
     * @throws ExchangeException if the server cannot be reached, refuses or resets, if the idle
     *     timeout expires, or if the thread is interrupted; its interrupt status is set
     * @throws PipeException if the input or the output fails; it keeps the cause
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
     * Returns the totals so far. May be called from any thread at any time.
     *
     * @return empty before the connection is established or the socket is open
     */
    public Optional<PipeResult> soFar() {
        Optional<PipeSession> pipe = open;
        return pipe.isPresent() ? Optional.of(pipe.get().result()) : Optional.empty();
    }
}
