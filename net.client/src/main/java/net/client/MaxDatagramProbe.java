package net.client;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Resolver;
import net.client.connect.internal.SocketConfigurer;
import net.client.connect.internal.SystemResolver;
import net.client.run.Exchange;
import net.client.run.GroupListener;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.loop.RunLoop;
import net.client.run.loop.Target;
import net.client.run.record.RunRecorder;
import net.protocol.Endpoint;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntConsumer;

/**
 * Binary search for the largest datagram that a UDP {@code echo} server returns intact. Usable
 * once, by one thread.
 */
public final class MaxDatagramProbe {
    /** Attempts before a size counts as too large, because any datagram may be lost. */
    public static final int TRIES = 3;

    /** Time to wait for an answer, as a multiple of the longest round trip. */
    private static final int ROUND_TRIPS = 3;

    /** Minimum time to wait for an answer. */
    private static final Duration MIN_WAIT = Duration.ofMillis(250);

    private final ClientConfig client;
    private final IntConsumer progress;
    private final Resolver resolver;
    private final LastAttempt last = new LastAttempt();
    private final RunRecorder recorder;

    /** Outcome of the last attempt. */
    private static final class LastAttempt implements RunListener {
        private Optional<Exchange> exchange = Optional.empty();
        private Optional<ExchangeException> failure = Optional.empty();
        private Duration longest = Duration.ZERO;

        @Override
        public void onExchange(Exchange succeeded) {
            exchange = Optional.of(succeeded);
            longest = succeeded.duration().compareTo(longest) > 0 ? succeeded.duration() : longest;
        }

        @Override
        public void onFailure(OptionalLong number, ExchangeException failed) {
            failure = Optional.of(failed);
        }

        void clear() {
            exchange = Optional.empty();
            failure = Optional.empty();
        }
    }

    /**
     * Creates a search without starting it. Datagrams are sent with the don't-fragment flag if the
     * JDK supports it.
     *
     * @param client the server; its timeout applies to the first answer, to a datagram of one byte
     * @param progress called with each size in bytes before it is tried, in the thread of {@link
     *     #run}
     */
    public MaxDatagramProbe(ClientConfig client, IntConsumer progress) {
        this(client, progress, new SystemResolver());
    }

    /** Creates a search with another resolver. */
    MaxDatagramProbe(ClientConfig client, IntConsumer progress, Resolver resolver) {
        Objects.requireNonNull(client, "client");
        this.progress = Objects.requireNonNull(progress, "progress");
        this.resolver = resolver;
        SocketConfig socket = client.socket().toBuilder().dontFragment(true).build();
        this.client = client.toBuilder().socket(socket).build();
        this.recorder =
                new RunRecorder(
                        one(1, client.timeout()).toBuilder().count(Long.MAX_VALUE).build(), last);
    }

    private RunConfig one(int bytes, Duration wait) {
        return RunConfig.builder(Transport.UDP, Service.ECHO, client)
                .payload(Payload.pattern(bytes))
                .answerWait(wait)
                .build();
    }

    /**
     * Runs the search, and blocks until it ends or the thread is interrupted.
     *
     * @return the result
     * @throws ExchangeException if not even the smallest datagram is returned, the server refuses
     *     or becomes unreachable, or the thread is interrupted
     * @throws IOException if no file descriptors are left
     */
    public MaxDatagramResult run() throws IOException {
        long startNanos = System.nanoTime();
        List<InetSocketAddress> peers = resolver.resolve(client);
        if (!client.endpoint().isNumeric()) {
            recorder.recordResolve(Duration.ofNanos(System.nanoTime() - startNanos));
        }
        Exchange first = first(peers);
        InetSocketAddress peer = first.peer();
        int good = 1;
        int bad = Protocol.MAX_DATAGRAM_BYTES + 1;
        int size = Protocol.MAX_DATAGRAM_BYTES;
        boolean isWhole = Reassembly.fragments().isPresent();
        while (bad - good > 1) {
            OptionalLong fragments = Reassembly.fragments();
            if (fits(size, peer)) {
                good = size;
                isWhole = fragments.isPresent() && fragments.equals(Reassembly.fragments());
            } else {
                bad = size;
            }
            size = good + (bad - good) / 2;
        }
        return new MaxDatagramResult(
                peer,
                good,
                bad > Protocol.MAX_DATAGRAM_BYTES ? OptionalInt.empty() : OptionalInt.of(bad),
                isWhole && SocketConfigurer.supportsDontFragment());
    }

    /**
     * Returns the figures so far; for use by the thread of {@link #run}.
     *
     * @return figures with one exchange for each attempt
     */
    public RunResult result() {
        return recorder.result();
    }

    /** Returns the exchange of the smallest datagram, with the first address that answers. */
    private Exchange first(List<InetSocketAddress> peers) throws IOException {
        if (!isAnswered(1, peers, client.timeout())) {
            throw last.failure.orElseThrow();
        }
        return last.exchange.orElseThrow();
    }

    private boolean fits(int bytes, InetSocketAddress peer) throws IOException {
        Duration wait = last.longest.multipliedBy(ROUND_TRIPS);
        return isAnswered(bytes, List.of(peer), wait.compareTo(MIN_WAIT) > 0 ? wait : MIN_WAIT);
    }

    private boolean isAnswered(int bytes, List<InetSocketAddress> peers, Duration wait)
            throws IOException {
        for (int i = 0; i < TRIES; i++) {
            attempt(bytes, peers, wait);
            if (last.exchange.isPresent()) {
                return true;
            }
            ExchangeException failure = last.failure.orElseThrow();
            switch (failure.kind()) {
                case TIMEOUT, CORRUPT -> {
                    // Lost for another reason, or a late answer to another size: try again.
                }
                case TOO_LARGE -> {
                    return false;
                }
                default -> throw failure;
            }
        }
        return false;
    }

    private void attempt(int bytes, List<InetSocketAddress> peers, Duration wait)
            throws IOException {
        last.clear();
        progress.accept(bytes);
        RunConfig config = one(bytes, wait);
        Target target = new Target(config, recorder, resolver, peers, client.timeout());
        try (RunLoop loop = new RunLoop(List.of(target), GroupListener.NONE)) {
            loop.run();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw ExceptionTranslator.at(
                    Kind.INTERRUPTED,
                    "exchange with",
                    Endpoint.of(peers.getFirst()),
                    "interrupted",
                    null);
        }
    }
}
