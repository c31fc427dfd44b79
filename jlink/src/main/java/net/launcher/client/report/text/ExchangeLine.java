package net.launcher.client.report.text;

import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.command.value.Durations;
import net.launcher.output.Escapes;
import net.protocol.Endpoint;
import net.protocol.Service;

import java.time.Duration;
import java.util.Optional;

/** Text line of a successful exchange. */
public final class ExchangeLine {
    private ExchangeLine() {}

    /**
     * Returns a line such as {@code 64 B from 127.0.0.1:9000: exchange 3 in 0.214 ms}.
     *
     * @param isVerbose whether to include the time to the first byte even if it equals the total
     */
    public static String of(RunConfig run, boolean isVerbose, Exchange exchange) {
        StringBuilder line = new StringBuilder();
        if (run.service() == Service.CONNECT) {
            return line.append(Endpoint.of(exchange.peer()))
                    .append(": exchange ")
                    .append(exchange.number())
                    .append(" open in ")
                    .append(text(exchange.duration()))
                    .toString();
        }
        line.append(source(run, exchange)).append(Endpoint.of(exchange.peer()));
        line.append(": exchange ").append(exchange.number());
        if (run.isAnswered()) {
            line.append(" in ").append(Durations.precise(exchange.duration().toNanos()));
        }
        if (exchange.connect().isPresent()) {
            line.append(" (connect ").append(text(exchange.connect().get()));
            Optional<Duration> firstByte = exchange.firstByte();
            if (firstByte.isPresent() && (isVerbose || !DerivedMetrics.isOnePacket(run))) {
                line.append(", first byte ").append(text(firstByte.get()));
            }
            line.append(')');
        }
        return line.toString();
    }

    /** Returns a line such as {@code 127.0.0.1:9000 open in 0.214 ms}. */
    public static String open(Exchange exchange) {
        return Endpoint.of(exchange.peer()) + " open in " + text(exchange.duration());
    }

    private static String source(RunConfig run, Exchange exchange) {
        if (!run.isAnswered()) {
            return exchange.bytesSent() + " B to ";
        }
        return switch (run.service()) {
            case Service.GREET -> '"' + Escapes.text(exchange.answer()) + "\" from ";
            case Service.RECEIVE -> "receipt from ";
            default -> exchange.bytesReceived() + " B from ";
        };
    }

    private static String text(Duration time) {
        return Durations.precise(time.toNanos());
    }
}
