package net.client.run;

import net.client.connect.ClientConfig;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.StampRequest;
import net.protocol.Transport;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Configuration of a run: the service, the number of exchanges and their schedule. Immutable.
 *
 * <p>By default each connection begins its next exchange when the previous one has ended: a closed
 * loop, which slows down with the server. The same holds for an interval over TCP. With a rate, or
 * over UDP with an interval or a bandwidth, the loop is open: exchanges begin on schedule, whether
 * or not earlier ones have been answered.
 *
 * <p>In a bulk run over TCP each connection is one exchange, a stream, which transfers the payload
 * repeatedly, as fast as possible or with a bandwidth; {@code discard} sends, {@code chargen}
 * receives, {@code echo} does both. Streams have no latencies.
 *
 * <p>{@link Builder#build} checks the values; builder calls may come in any order.
 */
public final class RunConfig {
    /**
     * Size of the header before the payload of a datagram: the run's token and a sequence number.
     */
    public static final int HEADER_BYTES = 16;

    /**
     * Default of {@link #duration} for a bulk run over TCP without a byte limit, and for one over
     * UDP with a bandwidth and without a count.
     */
    public static final Duration DEFAULT_BULK_DURATION = Duration.ofSeconds(10);

    /** Default size of the payload of a bulk run over TCP. */
    public static final int DEFAULT_BLOCK_BYTES = 512 * 1024;

    /**
     * Default size of a datagram, including {@link #headerBytes}, of a bulk run over UDP with more
     * than one exchange. With the headers of IPv6 and UDP it has 1448 bytes, which fit into an MTU
     * of 1500 bytes also within PPPoE, GRE or VXLAN (1450).
     */
    public static final int DEFAULT_DATAGRAM_BYTES = 1400;

    /** Maximum of {@link #bandwidth}: 100 Gbit/s. */
    public static final long MAX_BANDWIDTH = 100_000_000_000L;

    /** Maximum of {@link #rate}. */
    public static final int MAX_RATE = 10_000_000;

    /** Maximum of {@link #parallel}. */
    public static final int MAX_PARALLEL = 10_000;

    /** Default of {@link #window}. */
    public static final Duration DEFAULT_WINDOW = Duration.ofSeconds(1);

    /** Default of {@link #lookupInterval}. */
    public static final Duration DEFAULT_LOOKUP_INTERVAL = Duration.ofSeconds(60);

    /** Minimum time to wait for an answer over UDP when the wait adapts to the round trips. */
    public static final Duration MIN_ANSWER_WAIT = Duration.ofSeconds(1);

    private final Builder settings;
    private final Payload payload;
    private final OptionalLong count;
    private final Optional<Duration> duration;

    private RunConfig(Builder settings) {
        this.settings = settings;
        count = settings.isEndless ? OptionalLong.empty() : countOrDefault();
        duration = settings.isEndless ? Optional.empty() : durationOrDefault();
        payload = settings.payload.orElseGet(this::defaultPayload);
    }

    private Payload defaultPayload() {
        return switch (service()) {
            case STAMP -> Payload.pattern(StampRequest.MIN_BYTES);
            case CHARGEN -> Payload.of("");
            case CONNECT ->
                    Payload.of(transport() == Transport.TCP ? "" : Protocol.CLIENT_GREETING);
            default ->
                    bulk() && !isSingle()
                            ? Payload.pattern(defaultBulkBytes())
                            : Payload.of(Protocol.CLIENT_GREETING);
        };
    }

    private int defaultBulkBytes() {
        return isStream() ? DEFAULT_BLOCK_BYTES : DEFAULT_DATAGRAM_BYTES - headerBytes();
    }

    private OptionalLong countOrDefault() {
        boolean isLimited =
                isStream()
                        || settings.bandwidth.isPresent()
                        || settings.count.isPresent()
                        || settings.duration.isPresent();
        return isLimited ? settings.count : OptionalLong.of(1);
    }

    private Optional<Duration> durationOrDefault() {
        boolean isBounded =
                isStream()
                        ? settings.bytes.isPresent()
                        : settings.bandwidth.isEmpty() || settings.count.isPresent();
        boolean isDefault = settings.duration.isEmpty() && !isBounded;
        return isDefault ? Optional.of(DEFAULT_BULK_DURATION) : settings.duration;
    }

    /**
     * Returns a builder. Without further settings it builds a run of one exchange that sends {@link
     * Protocol#CLIENT_GREETING} (for {@code stamp}, the shortest packet), or for {@code discard}
     * and {@code chargen} over TCP a stream of {@link #DEFAULT_BULK_DURATION}.
     *
     * @param transport the transport
     * @param service any except {@code stamp} over TCP, and except {@code greet} and {@code
     *     chargen} over UDP
     * @param client the server and the timeouts
     * @return a new builder
     */
    public static Builder builder(Transport transport, Service service, ClientConfig client) {
        return new Builder(transport, service, client);
    }

    /**
     * Returns the configuration that {@link #builder} builds without further settings.
     *
     * @param transport the transport
     * @param service any except {@code stamp} over TCP, and except {@code greet} and {@code
     *     chargen} over UDP
     * @param client the server and the timeouts
     * @return a configuration
     * @throws IllegalArgumentException if the service is not available over the transport
     */
    public static RunConfig of(Transport transport, Service service, ClientConfig client) {
        return builder(transport, service, client).build();
    }

    /**
     * Returns a builder with the settings of this configuration.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /** {@return the transport} */
    public Transport transport() {
        return settings.transport;
    }

    /** {@return the service requested from the server} */
    public Service service() {
        return settings.service;
    }

    /** {@return the server and the timeouts} */
    public ClientConfig client() {
        return settings.client;
    }

    /** {@return the payload of each exchange} */
    public Payload payload() {
        return payload;
    }

    /** {@return whether each {@code echo} over TCP opens a connection of its own} */
    public boolean reconnect() {
        return settings.reconnect;
    }

    /**
     * {@return whether throughput is measured; always true for {@code discard} and {@code chargen}}
     */
    public boolean bulk() {
        return settings.isBulk || isAlwaysBulk(service());
    }

    /**
     * {@return the number of bytes, over all connections, after which a bulk run over TCP ends;
     * empty if unlimited}
     */
    public OptionalLong bytes() {
        return settings.bytes;
    }

    /**
     * {@return whether a server that closes the connection without sending anything is probed for
     * TLS}
     */
    public boolean probeTls() {
        return settings.probeTls;
    }

    /** {@return the number of exchanges, warm-up excluded; empty if unlimited} */
    public OptionalLong count() {
        return count;
    }

    /**
     * {@return the time after which no further exchange begins, warm-up excluded; empty if
     * unlimited}
     */
    public Optional<Duration> duration() {
        return duration;
    }

    /**
     * {@return the time from the beginning of an exchange to that of the next on each connection;
     * empty if not set}
     */
    public Optional<Duration> interval() {
        return settings.interval;
    }

    /**
     * {@return the number of exchanges begun per second, over all connections; empty if not set}
     */
    public OptionalInt rate() {
        return settings.rate;
    }

    /**
     * {@return the payload bits sent per second by a bulk run, over all connections; empty if not
     * set}
     */
    public OptionalLong bandwidth() {
        return settings.bandwidth;
    }

    /** {@return the number of connections, or of sockets over UDP} */
    public int parallel() {
        return settings.parallel;
    }

    /** {@return the number of initial exchanges that are not measured} */
    public long warmup() {
        return settings.warmup;
    }

    /**
     * {@return the time to wait for an answer over UDP. If empty: for a single exchange the
     * client's timeout, otherwise three times the longest round trip so far, from {@link
     * #MIN_ANSWER_WAIT} to that timeout}
     */
    public Optional<Duration> answerWait() {
        return settings.answerWait;
    }

    /** {@return the length of the intervals that the run's listener is notified of} */
    public Duration window() {
        return settings.window;
    }

    /**
     * {@return the time after which the server's name is looked up again, in a run of more than one
     * exchange; further exchanges use the addresses found}
     */
    public Duration lookupInterval() {
        return settings.lookupInterval;
    }

    /** {@return the labels by which reports identify the run, in order} */
    public Map<String, String> labels() {
        return settings.labels;
    }

    /** {@return whether the run continues until it is interrupted} */
    public boolean isEndless() {
        return settings.isEndless;
    }

    /** {@return whether this is a bulk run over TCP, in which each connection is one exchange} */
    public boolean isStream() {
        return bulk() && transport() == Transport.TCP;
    }

    /**
     * {@return whether the run performs exactly one exchange: the count is 1 and there is no
     * warm-up}
     */
    public boolean isSingle() {
        return warmup() == 0 && count.orElse(0) == 1;
    }

    /**
     * {@return whether exchanges begin on schedule even if earlier ones have not been answered.
     * False for {@code connect} with an interval}
     */
    public boolean isOpenLoop() {
        return rate().isPresent()
                || transport() == Transport.UDP
                        && service() != Service.CONNECT
                        && (interval().isPresent() || bandwidth().isPresent());
    }

    /**
     * {@return whether the service answers, so that latency can be measured; the receipt of {@code
     * receive} over TCP counts as an answer. False for {@code receive} and {@code discard} over
     * UDP, and for a bulk run over TCP}
     */
    public boolean isAnswered() {
        return transport() == Transport.TCP
                ? !bulk()
                : service() == Service.ECHO
                        || service() == Service.STAMP
                        || service() == Service.CONNECT;
    }

    /**
     * {@return the size of the header before the payload of each datagram: {@link #HEADER_BYTES}
     * for {@code echo} over UDP in a run of more than one exchange, otherwise 0}
     */
    public int headerBytes() {
        boolean hasHeader =
                service() == Service.ECHO && transport() == Transport.UDP && !isSingle();
        return hasHeader ? HEADER_BYTES : 0;
    }

    private static boolean isAlwaysBulk(Service service) {
        return service == Service.DISCARD || service == Service.CHARGEN;
    }

    private List<Object> values() {
        return List.of(
                transport(),
                service(),
                client(),
                payload,
                reconnect(),
                bulk(),
                bytes(),
                probeTls(),
                count,
                duration,
                interval(),
                rate(),
                bandwidth(),
                parallel(),
                warmup(),
                answerWait(),
                window(),
                lookupInterval(),
                labels());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunConfig config && values().equals(config.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "RunConfig" + values();
    }

    /** Builder of a {@link RunConfig}. Not thread-safe. */
    public static final class Builder {
        private final Transport transport;
        private final Service service;
        private ClientConfig client;
        private Optional<Payload> payload = Optional.empty();
        private boolean reconnect;
        private boolean isBulk;
        private OptionalLong bytes = OptionalLong.empty();
        private boolean probeTls;
        private OptionalLong count = OptionalLong.empty();
        private Optional<Duration> duration = Optional.empty();
        private boolean isEndless;
        private Optional<Duration> interval = Optional.empty();
        private OptionalInt rate = OptionalInt.empty();
        private OptionalLong bandwidth = OptionalLong.empty();
        private int parallel = 1;
        private long warmup;
        private Optional<Duration> answerWait = Optional.empty();
        private Duration window = DEFAULT_WINDOW;
        private Duration lookupInterval = DEFAULT_LOOKUP_INTERVAL;
        private Map<String, String> labels = Map.of();

        private Builder(Transport transport, Service service, ClientConfig client) {
            this.transport = Objects.requireNonNull(transport, "transport");
            this.service = Objects.requireNonNull(service, "service");
            this.client = Objects.requireNonNull(client, "client");
        }

        private Builder(Builder other) {
            this(other.transport, other.service, other.client);
            payload = other.payload;
            reconnect = other.reconnect;
            isBulk = other.isBulk;
            bytes = other.bytes;
            probeTls = other.probeTls;
            count = other.count;
            duration = other.duration;
            isEndless = other.isEndless;
            interval = other.interval;
            rate = other.rate;
            bandwidth = other.bandwidth;
            parallel = other.parallel;
            warmup = other.warmup;
            answerWait = other.answerWait;
            window = other.window;
            lookupInterval = other.lookupInterval;
            labels = other.labels;
        }

        /**
         * Replaces the server and the timeouts.
         *
         * @param client the server and the timeouts
         * @return this builder
         */
        public Builder client(ClientConfig client) {
            this.client = Objects.requireNonNull(client, "client");
            return this;
        }

        /**
         * Sets the payload of each exchange. For {@code stamp} only its length matters.
         *
         * @param payload for {@code greet} and {@code receive} at most {@value
         *     Protocol#MAX_MESSAGE_BYTES} bytes, a limit that over TCP {@code receive} applies to
         *     each line; over UDP at most {@value Protocol#MAX_DATAGRAM_BYTES} bytes including
         *     {@link RunConfig#headerBytes}; for {@code stamp} at least {@value
         *     StampRequest#MIN_BYTES}; for {@code chargen}, and for {@code connect} over TCP, empty
         * @return this builder
         */
        public Builder payload(Payload payload) {
            this.payload = Optional.of(payload);
            return this;
        }

        /**
         * Sets whether each {@code echo} over TCP opens a connection of its own (default: false).
         *
         * @param reconnect true to reconnect
         * @return this builder
         */
        public Builder reconnect(boolean reconnect) {
            this.reconnect = reconnect;
            return this;
        }

        /**
         * Measures throughput with {@code echo}, as {@code discard} and {@code chargen} always do.
         *
         * @return this builder
         */
        public Builder bulk() {
            isBulk = true;
            return this;
        }

        /**
         * Ends a bulk run over TCP after a number of bytes; there is no default duration then.
         *
         * @param bytes the limit over all connections, at least 1
         * @return this builder
         */
        public Builder bytes(long bytes) {
            this.bytes = OptionalLong.of(bytes);
            return this;
        }

        /**
         * Sets whether, in a run of one {@code greet} or {@code echo} over TCP, a server that
         * closes the connection without sending anything is probed for TLS over a second
         * connection, so that the failure can report it (default: false).
         *
         * @param probeTls true to probe
         * @return this builder
         */
        public Builder probeTls(boolean probeTls) {
            this.probeTls = probeTls;
            return this;
        }

        /**
         * Sets the number of exchanges, warm-up excluded (default: 1, or unlimited with a duration
         * or a bandwidth).
         *
         * @param count at least 1
         * @return this builder
         */
        public Builder count(long count) {
            this.count = OptionalLong.of(count);
            return this;
        }

        /**
         * Continues the run until it is interrupted; count and duration are ignored. While the
         * server's name cannot be resolved, exchanges fail, and the lookup is repeated every
         * second.
         *
         * @return this builder
         */
        public Builder endless() {
            isEndless = true;
            return this;
        }

        /**
         * Sets the time after which no further exchange begins, and that of the warm-up before it.
         *
         * @param duration above zero
         * @return this builder
         */
        public Builder duration(Duration duration) {
            this.duration = Optional.of(duration);
            return this;
        }

        /**
         * Sets the time from the beginning of an exchange to that of the next on each connection.
         *
         * @param interval above zero; excludes a rate and a bandwidth
         * @return this builder
         */
        public Builder interval(Duration interval) {
            this.interval = Optional.of(interval);
            return this;
        }

        /**
         * Sets the number of exchanges begun per second, over all connections.
         *
         * @param perSecond from 1 to {@link RunConfig#MAX_RATE}; excludes an interval and a
         *     bandwidth
         * @return this builder
         */
        public Builder rate(int perSecond) {
            this.rate = OptionalInt.of(perSecond);
            return this;
        }

        /**
         * Sets the payload bits sent per second by a bulk run that sends, over all connections.
         * They are sent evenly, in bursts of at most a millisecond, a byte or a datagram.
         *
         * @param bitsPerSecond from 1 to {@link RunConfig#MAX_BANDWIDTH}, and over UDP at most
         *     {@link RunConfig#MAX_RATE} datagrams per second; excludes an interval and a rate
         * @return this builder
         */
        public Builder bandwidth(long bitsPerSecond) {
            this.bandwidth = OptionalLong.of(bitsPerSecond);
            return this;
        }

        /**
         * Sets the number of connections, or of sockets over UDP (default: 1).
         *
         * @param parallel from 1 to {@link RunConfig#MAX_PARALLEL}
         * @return this builder
         */
        public Builder parallel(int parallel) {
            this.parallel = parallel;
            return this;
        }

        /**
         * Sets the number of initial exchanges that are not measured (default: 0).
         *
         * @param warmup at least 0
         * @return this builder
         */
        public Builder warmup(long warmup) {
            this.warmup = warmup;
            return this;
        }

        /**
         * Sets the time to wait for an answer over UDP (default: see {@link RunConfig#answerWait}).
         *
         * @param answerWait above zero
         * @return this builder
         */
        public Builder answerWait(Duration answerWait) {
            this.answerWait = Optional.of(answerWait);
            return this;
        }

        /**
         * Sets the length of the intervals that the run's listener is notified of (default: {@link
         * RunConfig#DEFAULT_WINDOW}).
         *
         * @param window above zero
         * @return this builder
         */
        public Builder window(Duration window) {
            this.window = Objects.requireNonNull(window, "window");
            return this;
        }

        /**
         * Sets the time after which the server's name is looked up again (default: {@link
         * RunConfig#DEFAULT_LOOKUP_INTERVAL}).
         *
         * @param lookupInterval above zero
         * @return this builder
         */
        public Builder lookupInterval(Duration lookupInterval) {
            this.lookupInterval = Objects.requireNonNull(lookupInterval, "lookupInterval");
            return this;
        }

        /**
         * Sets the labels by which reports identify the run (default: none). They do not affect it.
         *
         * @param labels any keys and values; the map is copied, in its order
         * @return this builder
         */
        public Builder labels(Map<String, String> labels) {
            this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
            return this;
        }

        /**
         * Returns the configuration.
         *
         * @return a configuration; this builder can be used further
         * @throws IllegalArgumentException if a value is out of range or excludes another one
         */
        public RunConfig build() {
            RunConfig config = new RunConfig(new Builder(this));
            RunRules.check(config);
            return config;
        }
    }
}
