package net.client;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Resolver;
import net.client.connect.internal.SocketConfigurer;
import net.client.run.Exchange;
import net.client.run.Payload;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.internal.RunLoop;
import net.client.run.internal.RunRecorder;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Searches for the largest datagram that gets through to a UDP {@code echo} server and comes back
 * whole, by halving what is left between one that did and one that did not. For one use.
 */
public final class MaxDatagramProbe {
    /** How often a size is tried before it counts as too large, since any datagram may be lost. */
    public static final int TRIES = 3;

    /** An answer is waited for so many times the longest round trip, and at least so long. */
    private static final int ROUND_TRIPS = 3;

    private static final Duration MIN_WAIT = Duration.ofMillis(250);

    private final ClientConfig client;
    private final IntConsumer progress;
    private final Heard heard = new Heard();
    private final RunRecorder meter;

    /** What came of the last try. */
    private static final class Heard implements RunListener {
        private Optional<Exchange> exchange = Optional.empty();
        private Optional<ExchangeException> failure = Optional.empty();
        private Duration longest = Duration.ZERO;

        @Override
        public void onExchange(Exchange made) {
            exchange = Optional.of(made);
            longest = made.duration().compareTo(longest) > 0 ? made.duration() : longest;
        }

        @Override
        public void onFailure(ExchangeException failed) {
            failure = Optional.of(failed);
        }

        void clear() {
            exchange = Optional.empty();
            failure = Optional.empty();
        }
    }

    /**
     * Creates a search; nothing is looked up or sent. Datagrams are not to be cut to pieces, where
     * the JDK can ask for it.
     *
     * @param client the server; its timeout is for the first answer, to a datagram of one byte
     * @param progress told each size in bytes before it is tried, in the thread of {@link #run}
     */
    public MaxDatagramProbe(ClientConfig client, IntConsumer progress) {
        Objects.requireNonNull(client, "client");
        this.progress = Objects.requireNonNull(progress, "progress");
        SocketConfig socket = client.socket().toBuilder().dontFragment(true).build();
        this.client = client.toBuilder().socket(socket).build();
        this.meter =
                new RunRecorder(
                        one(1, client.timeout()).toBuilder().count(Long.MAX_VALUE).build(), heard);
    }

    private RunConfig one(int bytes, Duration wait) {
        return RunConfig.of(Transport.UDP, Service.ECHO, client).toBuilder()
                .payload(Payload.pattern(bytes))
                .answerWait(wait)
                .build();
    }

    /**
     * Makes the search, and blocks until it is over or the thread is interrupted.
     *
     * @return what was found
     * @throws ExchangeException if not even the smallest datagram comes back, or the server refuses
     *     or cannot be reached any more, or the thread is interrupted
     * @throws IOException if this machine has no descriptors left
     */
    public MaxDatagramResult run() throws IOException {
        long startNanos = System.nanoTime();
        List<InetSocketAddress> peers =
                Resolver.resolve(
                        client.endpoint(),
                        SocketConfigurer.reachableFamily(client.socket()),
                        client.timeout());
        if (!client.endpoint().isNumeric()) {
            meter.resolved(Duration.ofNanos(System.nanoTime() - startNanos));
        }
        Exchange first = first(peers);
        InetSocketAddress peer = first.peer();
        int good = 1;
        int bad = RunConfig.MAX_DATAGRAM_BYTES + 1;
        int size = RunConfig.MAX_DATAGRAM_BYTES;
        while (bad - good > 1) {
            if (fits(size, peer)) {
                good = size;
            } else {
                bad = size;
            }
            size = good + (bad - good) / 2;
        }
        return new MaxDatagramResult(
                peer,
                good,
                bad > RunConfig.MAX_DATAGRAM_BYTES ? OptionalInt.empty() : OptionalInt.of(bad),
                SocketConfigurer.supportsDontFragment());
    }

    /**
     * Returns what the tries came to so far; for use by the thread of {@link #run}.
     *
     * @return an exchange for each try
     */
    public RunResult result() {
        return meter.result();
    }

    /** Returns the answer to the smallest datagram, from whichever address it comes. */
    private Exchange first(List<InetSocketAddress> peers) throws IOException {
        if (!isAnswered(1, peers, client.timeout())) {
            throw heard.failure.orElseThrow();
        }
        return heard.exchange.orElseThrow();
    }

    private boolean fits(int bytes, InetSocketAddress peer) throws IOException {
        Duration wait = heard.longest.multipliedBy(ROUND_TRIPS);
        return isAnswered(bytes, List.of(peer), wait.compareTo(MIN_WAIT) > 0 ? wait : MIN_WAIT);
    }

    private boolean isAnswered(int bytes, List<InetSocketAddress> peers, Duration wait)
            throws IOException {
        for (int i = 0; i < TRIES; i++) {
            attempt(bytes, peers, wait);
            if (heard.exchange.isPresent()) {
                return true;
            }
            ExchangeException failure = heard.failure.orElseThrow();
            switch (failure.kind()) {
                case TIMEOUT, CORRUPT -> {
                    // It may be lost for another reason, or be a late answer to another size.
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
        heard.clear();
        progress.accept(bytes);
        RunConfig config = one(bytes, wait);
        try (RunLoop loop = new RunLoop(config, peers, client.timeout(), meter)) {
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
