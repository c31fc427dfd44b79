package net.client.run;

import net.client.connect.ClientConfig;
import net.client.internal.Preconditions;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.StampRequest;
import net.protocol.Transport;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a run is to do: which exchanges, how many, and when. {@link #of} gives a run of one, {@link
 * #toBuilder} changes it.
 *
 * <p>By default an exchange follows the one before it at once, on each connection: a closed loop,
 * which slows down as the server does. So does one with an {@code interval} over TCP. Over UDP, and
 * with a {@code rate}, the loop is open: exchanges begin by the clock, whatever has come back.
 *
 * @param transport what the exchanges go over
 * @param service what the server is asked: any but {@code stamp} over TCP, and but {@code greet}
 *     and {@code chargen} over UDP
 * @param client where to send, and how long to wait
 * @param payload what each exchange sends. For {@code greet} and {@code receive} at most {@value
 *     Protocol#MAX_MESSAGE_BYTES} bytes, over TCP {@code receive} so many a line; over UDP at most
 *     {@value #MAX_DATAGRAM_BYTES} bytes, with the {@value #MARK_BYTES} that come before it in an
 *     {@code echo} of more than one; for {@code stamp}, its length alone counts, from {@value
 *     StampRequest#MIN_BYTES}
 * @param reconnect whether each {@code echo} over TCP has a connection of its own
 * @param bulk whether it is about how much goes through, always so for {@code discard} (up) and
 *     {@code chargen} (down), and at will for {@code echo} (both ways at once). Over TCP each
 *     connection is one exchange then, which moves as much as it can, the payload again and again,
 *     and of which no time is taken; over UDP, where the schedule says how fast, it makes no
 *     difference to the run
 * @param bytes after how many bytes, over all connections, a bulk run over TCP ends, from 1; if
 *     empty, no limit
 * @param asksForTls whether, in a run of one {@code greet} or {@code echo} over TCP, a server that
 *     closed the connection without a word is asked over another one if it speaks TLS, so that the
 *     failure says so
 * @param count how many exchanges, the warm-up left out, from 1; if empty, no limit
 * @param duration for how long exchanges begin, the warm-up left out; above zero; if empty, no
 *     limit
 * @param interval from the beginning of one exchange to that of the next, on each of the parallel
 *     connections; above zero; not with a rate
 * @param rate how many exchanges begin in a second, over all connections, from 1 to {@link
 *     #MAX_RATE}
 * @param parallel how many connections, over UDP sockets, take part, from 1 to {@link
 *     #MAX_PARALLEL}
 * @param warmup how many exchanges come first and are not measured, from 0
 * @param answerWait how long to wait for an answer over UDP, above zero; if empty, in a run of one
 *     the client's timeout, and in others three times the longest round trip so far, at least
 *     {@link #MIN_ANSWER_WAIT}, at most that timeout
 */
public record RunConfig(
        Transport transport,
        Service service,
        ClientConfig client,
        Payload payload,
        boolean reconnect,
        boolean bulk,
        OptionalLong bytes,
        boolean asksForTls,
        OptionalLong count,
        Optional<Duration> duration,
        Optional<Duration> interval,
        OptionalInt rate,
        int parallel,
        long warmup,
        Optional<Duration> answerWait) {

    /** The most bytes of a datagram over IPv4: 65,535 with 8 of UDP's header and 20 of IP's. */
    public static final int MAX_DATAGRAM_BYTES = 65_507;

    /** What comes before the payload and tells answers apart: the run's token, and a sequence. */
    public static final int MARK_BYTES = 16;

    /** How long a bulk run over TCP takes unless told otherwise. */
    public static final Duration DEFAULT_BULK_DURATION = Duration.ofSeconds(10);

    /** What a bulk run over TCP hands to the system at once unless told otherwise. */
    public static final int DEFAULT_BLOCK_BYTES = 512 * 1024;

    /** The most exchanges a second that can be asked for. */
    public static final int MAX_RATE = 10_000_000;

    /** The most connections at a time. */
    public static final int MAX_PARALLEL = 10_000;

    /** How long an answer over UDP is waited for at least, as long as the round trips are short. */
    public static final Duration MIN_ANSWER_WAIT = Duration.ofSeconds(1);

    /**
     * Creates a description of a run.
     *
     * @throws IllegalArgumentException if a value is out of its range, or does not go with another
     */
    public RunConfig {
        Objects.requireNonNull(client, "client");
        Preconditions.require(
                isMeasured(transport, service),
                "service must be one that a run over " + transport.label() + " can ask",
                service.label());
        bulk |= isAlwaysBulk(service);
        Preconditions.require(
                !bulk || isAlwaysBulk(service) || service == Service.ECHO,
                "bulk must be for discard, chargen or echo",
                service.label());
        boolean isStream = bulk && transport == Transport.TCP;
        boolean isMarked =
                service == Service.ECHO && transport == Transport.UDP && isMany(count, warmup);
        PayloadRules.require(transport, service, payload, isMarked ? MARK_BYTES : 0);
        Preconditions.require(
                !reconnect || transport == Transport.TCP && service == Service.ECHO,
                "reconnect must be for echo over tcp",
                service.label() + " over " + transport.label());
        Preconditions.require(count.orElse(1) >= 1, "count must be at least 1", count.orElse(1));
        Preconditions.requirePositive("duration", duration);
        Preconditions.requirePositive("interval", interval);
        int perSecond = rate.orElse(1);
        Preconditions.require(
                perSecond >= 1 && perSecond <= MAX_RATE,
                "rate must be from 1 to " + MAX_RATE,
                perSecond);
        Preconditions.require(
                interval.isEmpty() || rate.isEmpty(),
                "rate must not be given with an interval",
                perSecond);
        Preconditions.require(
                parallel >= 1 && parallel <= MAX_PARALLEL,
                "parallel must be from 1 to " + MAX_PARALLEL,
                parallel);
        boolean hasPort =
                client.socket().source().isPresent()
                        && client.socket().source().get().getPort() > 0;
        Preconditions.require(
                !hasPort || parallel == 1,
                "source must not have a port, which one connection has alone, with parallel",
                parallel);
        Preconditions.require(warmup >= 0, "warmup must not be negative", warmup);
        Preconditions.requirePositive("answerWait", answerWait);
        Preconditions.require(bytes.orElse(1) >= 1, "bytes must be at least 1", bytes.orElse(1));
        Preconditions.require(
                isStream || bytes.isEmpty(),
                "bytes must be for a bulk run over tcp",
                service.label() + " over " + transport.label());
        if (isStream) {
            requireStream(reconnect, count, interval, rate, warmup);
        }
    }

    /** A stream is one exchange, which goes as fast as it can. */
    private static void requireStream(
            boolean reconnect,
            OptionalLong count,
            Optional<Duration> interval,
            OptionalInt rate,
            long warmup) {
        String use = " for a bulk run over tcp";
        Preconditions.require(count.isEmpty(), "count must not be given" + use, count.orElse(1));
        Preconditions.require(
                interval.isEmpty(),
                "interval must not be given" + use,
                interval.orElse(Duration.ZERO));
        Preconditions.require(rate.isEmpty(), "rate must not be given" + use, rate.orElse(1));
        Preconditions.require(warmup == 0, "warmup must be 0" + use, warmup);
        Preconditions.require(!reconnect, "reconnect must not be given for a bulk run", reconnect);
    }

    private static boolean isAlwaysBulk(Service service) {
        return service == Service.DISCARD || service == Service.CHARGEN;
    }

    private static boolean isMeasured(Transport transport, Service service) {
        return switch (service) {
            case GREET, CHARGEN -> transport == Transport.TCP;
            case STAMP -> transport == Transport.UDP;
            case RECEIVE, ECHO, DISCARD -> true;
        };
    }

    /**
     * Returns a run of one exchange with {@link Protocol#CLIENT_GREETING}, for {@code stamp} with
     * the shortest packet; for {@code discard} and {@code chargen} over TCP a stream of {@link
     * #DEFAULT_BULK_DURATION}, the former with blocks of {@value #DEFAULT_BLOCK_BYTES} bytes.
     *
     * @param transport what it goes over
     * @param service what the server is asked
     * @param client where to send, and how long to wait
     * @return a description
     * @throws IllegalArgumentException if the service is none that a run can ask
     */
    public static RunConfig of(Transport transport, Service service, ClientConfig client) {
        boolean isStream = transport == Transport.TCP && isAlwaysBulk(service);
        return new RunConfig(
                transport,
                service,
                client,
                defaultPayload(service, isStream),
                false,
                isStream,
                OptionalLong.empty(),
                false,
                isStream ? OptionalLong.empty() : OptionalLong.of(1),
                isStream ? Optional.of(DEFAULT_BULK_DURATION) : Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                1,
                0,
                Optional.empty());
    }

    private static Payload defaultPayload(Service service, boolean isStream) {
        return switch (service) {
            case STAMP -> Payload.pattern(StampRequest.MIN_BYTES);
            case CHARGEN -> Payload.of("");
            default ->
                    isStream
                            ? Payload.pattern(DEFAULT_BLOCK_BYTES)
                            : Payload.of(Protocol.CLIENT_GREETING);
        };
    }

    /**
     * Tells whether it is a bulk run over TCP, where each connection is one exchange.
     *
     * @return true for {@code bulk} over TCP
     */
    public boolean isStream() {
        return bulk && transport == Transport.TCP;
    }

    /**
     * Tells whether it is a run of one exchange, which is not measured against others.
     *
     * @return true if the count is 1 and there is no warm-up
     */
    public boolean isSingle() {
        return !isMany(count, warmup);
    }

    private static boolean isMany(OptionalLong count, long warmup) {
        return warmup > 0 || count.isEmpty() || count.getAsLong() > 1;
    }

    /**
     * Tells whether exchanges begin by the clock, whatever has come back.
     *
     * @return true for a rate, and over UDP for an interval
     */
    public boolean isOpenLoop() {
        return rate.isPresent() || interval.isPresent() && transport == Transport.UDP;
    }

    /**
     * Tells whether the service sends something back, which a time can be taken of. The receipt of
     * {@code receive} over TCP counts.
     *
     * @return false for {@code receive} and {@code discard} over UDP, and for a bulk run over TCP
     */
    public boolean isAnswered() {
        return transport == Transport.TCP
                ? !bulk
                : service == Service.ECHO || service == Service.STAMP;
    }

    /**
     * Returns a builder that starts from this.
     *
     * @return a new one
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Makes a description from another one; for use by one thread. */
    public static final class Builder {
        private final Transport transport;
        private final Service service;
        private final ClientConfig client;
        private Payload payload;
        private boolean reconnect;
        private boolean bulk;
        private OptionalLong bytes;
        private boolean asksForTls;
        private OptionalLong count;
        private Optional<Duration> duration;
        private Optional<Duration> interval;
        private OptionalInt rate;
        private int parallel;
        private long warmup;
        private Optional<Duration> answerWait;

        private Builder(RunConfig config) {
            transport = config.transport;
            service = config.service;
            client = config.client;
            payload = config.payload;
            reconnect = config.reconnect;
            bulk = config.bulk;
            bytes = config.bytes;
            asksForTls = config.asksForTls;
            count = config.count;
            duration = config.duration;
            interval = config.interval;
            rate = config.rate;
            parallel = config.parallel;
            warmup = config.warmup;
            answerWait = config.answerWait;
        }

        /**
         * Sets what each exchange sends.
         *
         * @param payload within the limits of the service
         * @return this
         */
        public Builder payload(Payload payload) {
            this.payload = payload;
            return this;
        }

        /**
         * Gives each {@code echo} over TCP a connection of its own, or none.
         *
         * @param reconnect whether it has one
         * @return this
         */
        public Builder reconnect(boolean reconnect) {
            this.reconnect = reconnect;
            return this;
        }

        /**
         * Asks how much goes through: over TCP with blocks of {@value #DEFAULT_BLOCK_BYTES} bytes
         * for the duration, if there is one, in place of a count of exchanges.
         *
         * @return this
         */
        public Builder bulk() {
            bulk = true;
            if (transport == Transport.TCP) {
                payload = defaultPayload(service, true);
                count = OptionalLong.empty();
            }
            return this;
        }

        /**
         * Ends a bulk run over TCP after so many bytes over all connections, however long it takes.
         *
         * @param bytes from 1
         * @return this
         */
        public Builder bytes(long bytes) {
            this.bytes = OptionalLong.of(bytes);
            duration = Optional.empty();
            return this;
        }

        /**
         * Has a server asked whether it speaks TLS, if it says nothing in a run of one.
         *
         * @param asksForTls whether it is asked
         * @return this
         */
        public Builder asksForTls(boolean asksForTls) {
            this.asksForTls = asksForTls;
            return this;
        }

        /**
         * Ends the run after so many exchanges.
         *
         * @param count from 1
         * @return this
         */
        public Builder count(long count) {
            this.count = OptionalLong.of(count);
            return this;
        }

        /**
         * Lets the run go on, whatever the count and the duration, until it is interrupted.
         *
         * @return this
         */
        public Builder endless() {
            count = OptionalLong.empty();
            duration = Optional.empty();
            return this;
        }

        /**
         * Begins no more exchanges after a time.
         *
         * @param duration above zero
         * @return this
         */
        public Builder duration(Duration duration) {
            this.duration = Optional.of(duration);
            return this;
        }

        /**
         * Begins the exchanges of each connection by the clock.
         *
         * @param interval above zero
         * @return this
         */
        public Builder interval(Duration interval) {
            this.interval = Optional.of(interval);
            return this;
        }

        /**
         * Begins exchanges by the clock, whatever has come back.
         *
         * @param perSecond over all connections, from 1 to {@link #MAX_RATE}
         * @return this
         */
        public Builder rate(int perSecond) {
            this.rate = OptionalInt.of(perSecond);
            return this;
        }

        /**
         * Sets how many connections take part.
         *
         * @param parallel from 1 to {@link #MAX_PARALLEL}
         * @return this
         */
        public Builder parallel(int parallel) {
            this.parallel = parallel;
            return this;
        }

        /**
         * Sets how many exchanges come first and are not measured.
         *
         * @param warmup from 0
         * @return this
         */
        public Builder warmup(long warmup) {
            this.warmup = warmup;
            return this;
        }

        /**
         * Sets how long to wait for an answer over UDP.
         *
         * @param answerWait above zero
         * @return this
         */
        public Builder answerWait(Duration answerWait) {
            this.answerWait = Optional.of(answerWait);
            return this;
        }

        /**
         * Returns the description.
         *
         * @return with what was set, and the rest as it was
         * @throws IllegalArgumentException if a value is out of its range, or does not go with
         *     another
         */
        public RunConfig build() {
            return new RunConfig(
                    transport,
                    service,
                    client,
                    payload,
                    reconnect,
                    bulk,
                    bytes,
                    asksForTls,
                    count,
                    duration,
                    interval,
                    rate,
                    parallel,
                    warmup,
                    answerWait);
        }
    }
}
