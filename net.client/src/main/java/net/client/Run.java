package net.client;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Resolver;
import net.client.connect.internal.SystemResolver;
import net.client.run.GroupListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.loop.RunLoop;
import net.client.run.loop.Target;
import net.client.run.record.RunRecorder;
import net.protocol.Transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A measured run of exchanges, sequential or concurrent. Usable once; only {@link #reportSoon} may
 * be called by other threads.
 */
public final class Run {
    private final RunConfig config;
    private final RunListener listener;
    private final Resolver resolver;
    private volatile Optional<RunLoop> loop = Optional.empty();

    /**
     * Creates a run without starting it.
     *
     * @param config the configuration
     * @param listener the listener of the run's events
     */
    public Run(RunConfig config, RunListener listener) {
        this(config, listener, new SystemResolver());
    }

    /** Creates a run with another resolver. */
    Run(RunConfig config, RunListener listener, Resolver resolver) {
        this.config = Objects.requireNonNull(config, "config");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.resolver = resolver;
    }

    /**
     * Performs the exchanges in the calling thread, and blocks until they have ended. Failures are
     * reported to the listener and counted; a failed name lookup counts as one failed exchange, and
     * ends the run unless it is {@link RunConfig#isEndless endless}. An interrupt ends the run
     * early and the interrupt status remains set; exchanges in flight are not counted, except that
     * a single exchange fails. All sockets are closed when it returns or throws. May be called
     * once.
     *
     * @return the figures of the run
     * @throws IOException if the listener threw it, or no file descriptors are left
     */
    public RunResult run() throws IOException {
        RunRecorder recorder = new RunRecorder(config, listener);
        long startNanos = System.nanoTime();
        List<InetSocketAddress> peers = List.of();
        try {
            peers = peers();
        } catch (ExchangeException e) {
            boolean isInterrupted = e.kind() == Kind.INTERRUPTED;
            if (isInterrupted || config.isStream() || !config.isEndless()) {
                if (config.isSingle() || !isInterrupted) {
                    recorder.begin(1, startNanos);
                    recorder.recordFailure(1, e);
                }
                return recorder.result();
            }
        }
        Duration lookup = Duration.ofNanos(System.nanoTime() - startNanos);
        if (!peers.isEmpty() && !config.client().endpoint().isNumeric()) {
            recorder.recordResolve(lookup);
        }
        return run(new Target(config, recorder, resolver, peers, timeout(lookup)));
    }

    private List<InetSocketAddress> peers() throws ExchangeException {
        List<InetSocketAddress> peers = resolver.resolve(config.client());
        if (Thread.currentThread().isInterrupted()) {
            String verb = config.transport() == Transport.TCP ? "connect to" : "send to";
            throw ExceptionTranslator.at(verb, peers.getFirst(), 0, new InterruptedIOException());
        }
        return peers;
    }

    private RunResult run(Target target) throws IOException {
        try (RunLoop running = new RunLoop(List.of(target), GroupListener.NONE)) {
            loop = Optional.of(running);
            running.run();
            return running.results().getFirst();
        } finally {
            loop = Optional.empty();
        }
    }

    /** Returns this run as part of a group, which looks up the addresses of the server. */
    Target target() {
        RunRecorder recorder = new RunRecorder(config, listener);
        return new Target(config, recorder, resolver, List.of(), config.client().timeout());
    }

    /** Returns the timeout of an exchange; that of a single one includes the lookup. */
    private Duration timeout(Duration lookup) {
        Duration timeout = config.client().timeout();
        return config.isSingle() ? timeout.minus(lookup) : timeout;
    }

    /** Requests a call of {@link RunListener#onReport}; callable from any thread at any time. */
    public void reportSoon() {
        loop.ifPresent(RunLoop::reportSoon);
    }
}
