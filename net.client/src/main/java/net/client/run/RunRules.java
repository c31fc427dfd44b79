package net.client.run;

import static net.protocol.internal.Preconditions.require;
import static net.protocol.internal.Preconditions.requirePositive;

import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.StampRequest;
import net.protocol.Transport;

import java.net.InetSocketAddress;
import java.time.Duration;

/** Checks of a {@link RunConfig}: ranges of values, and values that exclude each other. */
final class RunRules {
    private RunRules() {}

    static void check(RunConfig config) {
        checkService(config);
        checkPayload(config);
        boolean isTcpEcho = config.transport() == Transport.TCP && config.service() == Service.ECHO;
        require(
                !config.reconnect() || isTcpEcho,
                "reconnect must be used only for echo over tcp",
                use(config));
        checkSchedule(config);
        require(
                config.bytes().orElse(1) >= 1,
                "bytes must be at least 1",
                config.bytes().orElse(1));
        require(
                config.isStream() || config.bytes().isEmpty(),
                "bytes must be given only for a bulk run over tcp",
                use(config));
        if (config.isStream()) {
            checkStream(config);
        }
        if (config.bandwidth().isPresent()) {
            checkBandwidth(config, config.bandwidth().getAsLong());
        }
    }

    private static void checkBandwidth(RunConfig config, long bandwidth) {
        require(
                bandwidth >= 1 && bandwidth <= RunConfig.MAX_BANDWIDTH,
                "bandwidth must be from 1 to " + RunConfig.MAX_BANDWIDTH,
                bandwidth);
        require(
                config.bulk() && config.service() != Service.CHARGEN,
                "bandwidth must be given only for a bulk run that sends",
                use(config));
        require(
                config.interval().isEmpty() && config.rate().isEmpty(),
                "bandwidth must not be given with an interval or a rate",
                bandwidth);
        if (config.transport() == Transport.UDP && !config.isSingle()) {
            int size = config.payload().size() + config.headerBytes();
            long max = (long) RunConfig.MAX_RATE * Byte.SIZE * size;
            require(
                    bandwidth <= max,
                    "bandwidth must be at most " + max + " for a datagram size of " + size,
                    bandwidth);
        }
    }

    private static String use(RunConfig config) {
        return config.service().label() + " over " + config.transport().label();
    }

    private static void checkService(RunConfig config) {
        boolean isAvailable =
                switch (config.service()) {
                    case GREET, CHARGEN -> config.transport() == Transport.TCP;
                    case STAMP -> config.transport() == Transport.UDP;
                    case RECEIVE, ECHO, DISCARD, CONNECT -> true;
                };
        require(
                isAvailable,
                "service must be available over " + config.transport().label(),
                config.service().label());
        boolean canBeBulk =
                switch (config.service()) {
                    case DISCARD, CHARGEN, ECHO -> true;
                    default -> false;
                };
        require(
                !config.bulk() || canBeBulk,
                "bulk must be used only for discard, chargen or echo",
                config.service().label());
    }

    private static void checkPayload(RunConfig config) {
        int size = config.payload().size();
        if (config.transport() == Transport.UDP) {
            checkDatagram(config, size);
            return;
        }
        switch (config.service()) {
            case DISCARD -> require(size > 0, "block must not be empty", size);
            case CHARGEN, CONNECT ->
                    require(
                            size == 0,
                            "payload must be empty for " + config.service().label(),
                            size);
            case GREET -> checkMessage("message", size);
            case RECEIVE -> checkMessage("line", config.payload().longestLine());
            default -> require(size > 0, "payload to echo must not be empty", size);
        }
    }

    private static void checkMessage(String name, int size) {
        int max = Protocol.MAX_MESSAGE_BYTES;
        require(size <= max, name + " must be at most " + max + " bytes", size);
    }

    private static void checkDatagram(RunConfig config, int size) {
        if (config.service() == Service.RECEIVE) {
            checkMessage("message", size);
        }
        if (config.service() == Service.STAMP) {
            require(
                    size >= StampRequest.MIN_BYTES,
                    "payload of stamp must be at least " + StampRequest.MIN_BYTES + " bytes",
                    size);
        }
        int max = Protocol.MAX_DATAGRAM_BYTES - config.headerBytes();
        String name = config.headerBytes() == 0 ? "datagram" : "payload";
        require(size <= max, name + " must be at most " + max + " bytes", size);
    }

    private static void checkSchedule(RunConfig config) {
        require(
                config.count().orElse(1) >= 1,
                "count must be at least 1",
                config.count().orElse(1));
        requirePositive("duration", config.duration());
        requirePositive("interval", config.interval());
        int rate = config.rate().orElse(1);
        require(
                rate >= 1 && rate <= RunConfig.MAX_RATE,
                "rate must be from 1 to " + RunConfig.MAX_RATE,
                rate);
        require(
                config.interval().isEmpty() || config.rate().isEmpty(),
                "rate must not be given with an interval",
                rate);
        int parallel = config.parallel();
        require(
                parallel >= 1 && parallel <= RunConfig.MAX_PARALLEL,
                "parallel must be from 1 to " + RunConfig.MAX_PARALLEL,
                parallel);
        int sourcePort =
                config.client().socket().source().map(InetSocketAddress::getPort).orElse(0);
        require(
                sourcePort == 0 || parallel == 1,
                "source must not have a port with several connections",
                parallel);
        require(config.warmup() >= 0, "warmup must not be negative", config.warmup());
        requirePositive("answerWait", config.answerWait());
        requirePositive("window", config.window());
        requirePositive("lookupInterval", config.lookupInterval());
    }

    private static void checkStream(RunConfig config) {
        String use = " for a bulk run over tcp";
        require(
                config.count().isEmpty(),
                "count must not be given" + use,
                config.count().orElse(1));
        require(
                config.interval().isEmpty(),
                "interval must not be given" + use,
                config.interval().orElse(Duration.ZERO));
        require(config.rate().isEmpty(), "rate must not be given" + use, config.rate().orElse(1));
        require(config.warmup() == 0, "warmup must be 0" + use, config.warmup());
        require(
                !config.reconnect(),
                "reconnect must not be given for a bulk run",
                config.reconnect());
    }
}
