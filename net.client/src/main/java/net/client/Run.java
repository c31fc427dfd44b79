package net.client;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Resolver;
import net.client.connect.internal.SocketConfigurer;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.internal.RunLoop;
import net.client.run.internal.RunRecorder;
import net.protocol.Transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A run of exchanges, one after the other or side by side, measured. */
public final class Run {
    private final RunConfig config;
    private final RunListener listener;
    private volatile Optional<RunLoop> loop = Optional.empty();

    /**
     * Creates a run; nothing is looked up, connected or sent.
     *
     * @param config what it is to do
     * @param listener told how it goes
     */
    public Run(RunConfig config, RunListener listener) {
        this.config = Objects.requireNonNull(config, "config");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Makes the exchanges in the calling thread, and blocks until they are done. Each that fails is
     * told to the listener and counted; so is, as one, a name that is not found. An interrupt ends
     * the run early: what is under way then counts for nothing, but for a run of one, which fails,
     * and the interrupt status stays set. Everything is closed when it returns or throws. To be
     * called once.
     *
     * @return what was measured
     * @throws IOException if the listener threw it, or this machine has no descriptors left
     */
    public RunResult run() throws IOException {
        RunRecorder meter = new RunRecorder(config, listener);
        long startNanos = System.nanoTime();
        List<InetSocketAddress> peers;
        try {
            peers = peers();
        } catch (ExchangeException e) {
            if (config.isSingle() || e.kind() != Kind.INTERRUPTED) {
                meter.begun(1, startNanos);
                meter.failed(1, e);
            }
            return meter.result();
        }
        Duration lookUp = Duration.ofNanos(System.nanoTime() - startNanos);
        if (!config.client().endpoint().isNumeric()) {
            meter.resolved(lookUp);
        }
        return run(peers, timeout(lookUp), meter);
    }

    private List<InetSocketAddress> peers() throws ExchangeException {
        List<InetSocketAddress> peers =
                Resolver.resolve(
                        config.client().endpoint(),
                        SocketConfigurer.reachableFamily(config.client().socket()),
                        config.client().timeout());
        if (Thread.currentThread().isInterrupted()) {
            String verb = config.transport() == Transport.TCP ? "connect to" : "send to";
            throw ExceptionTranslator.at(verb, peers.getFirst(), 0, new InterruptedIOException());
        }
        return peers;
    }

    private RunResult run(List<InetSocketAddress> peers, Duration timeout, RunRecorder meter)
            throws IOException {
        try (RunLoop running = new RunLoop(config, peers, timeout, meter)) {
            loop = Optional.of(running);
            running.run();
            return running.result();
        } finally {
            loop = Optional.empty();
        }
    }

    /** The time of a single exchange has room for the look-up, too. */
    private Duration timeout(Duration lookUp) {
        Duration timeout = config.client().timeout();
        return config.isSingle() ? timeout.minus(lookUp) : timeout;
    }

    /** Has the listener told soon how things stand; from any thread, at any time. */
    public void reportSoon() {
        loop.ifPresent(RunLoop::reportSoon);
    }
}
