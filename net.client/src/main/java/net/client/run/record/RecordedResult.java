package net.client.run.record;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.Histogram;
import net.client.measure.LatencySummary;
import net.client.measure.Timeline;
import net.client.measure.record.TimelineRecorder;
import net.client.run.RunResult;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** The figures of a {@link RunRecorder}. */
public record RecordedResult(
        long ok,
        long failed,
        boolean isLossKnown,
        long sent,
        long warmup,
        long skipped,
        long bytesSent,
        long bytesReceived,
        Duration duration,
        Optional<Duration> resolve,
        LatencySummary time,
        Histogram histogram,
        Timeline timeline,
        Optional<LatencySummary> rawTime,
        Optional<Histogram> rawHistogram,
        Optional<LatencySummary> lateness,
        Optional<LatencySummary> connect,
        Optional<LatencySummary> firstByte,
        Optional<Datagrams> datagrams,
        Optional<StampFigures> stamp,
        List<StreamFigures> streams,
        Optional<LoadFigures> load,
        Map<Kind, Long> errors)
        implements RunResult {

    public RecordedResult {
        streams = List.copyOf(streams);
        errors = Map.copyOf(errors);
    }

    /** Returns the figures over several runs; of the times, only {@link #time}. */
    public static RunResult total(List<RunResult> parts) {
        Map<Kind, Long> errors = new EnumMap<>(Kind.class);
        List<Histogram> histograms = new ArrayList<>();
        boolean isLossKnown = true;
        Duration duration = Duration.ZERO;
        for (RunResult part : parts) {
            part.errors().forEach((kind, count) -> errors.merge(kind, count, Long::sum));
            histograms.add(part.histogram());
            isLossKnown &= part.isLossKnown();
            duration = part.duration().compareTo(duration) > 0 ? part.duration() : duration;
        }
        Histogram histogram = Histogram.sum(histograms);
        return new RecordedResult(
                sum(parts, RunResult::ok),
                sum(parts, RunResult::failed),
                isLossKnown,
                sum(parts, RunResult::sent),
                sum(parts, RunResult::warmup),
                sum(parts, RunResult::skipped),
                sum(parts, RunResult::bytesSent),
                sum(parts, RunResult::bytesReceived),
                duration,
                Optional.empty(),
                LatencySummary.of(histogram),
                histogram,
                new TimelineRecorder().snapshot(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                datagrams(parts),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                errors);
    }

    private static Optional<Datagrams> datagrams(List<RunResult> parts) {
        List<Datagrams> all = new ArrayList<>();
        for (RunResult part : parts) {
            part.datagrams().ifPresent(all::add);
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong droppedHere = droppedHere(all);
        long lost = sum(all, Datagrams::lost);
        if (droppedHere.isEmpty()) {
            // They are unknown in total, and so count as lost.
            lost += sum(all, part -> part.droppedHere().orElse(0));
        }
        return Optional.of(
                new Datagrams(
                        sum(all, Datagrams::received),
                        lost,
                        droppedHere,
                        sum(all, Datagrams::late),
                        sum(all, Datagrams::duplicates),
                        sum(all, Datagrams::reordered),
                        sum(all, Datagrams::corrupt)));
    }

    private static OptionalLong droppedHere(List<Datagrams> parts) {
        long sum = 0;
        for (Datagrams part : parts) {
            if (part.droppedHere().isEmpty()) {
                return OptionalLong.empty();
            }
            sum += part.droppedHere().getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static <T> long sum(List<T> parts, ToLongFunction<T> figure) {
        long sum = 0;
        for (T part : parts) {
            sum += figure.applyAsLong(part);
        }
        return sum;
    }

    /** Returns a copy of a result with the figures of a load. */
    public static RunResult withLoad(RunResult result, LoadFigures load) {
        return new RecordedResult(
                result.ok(),
                result.failed(),
                result.isLossKnown(),
                result.sent(),
                result.warmup(),
                result.skipped(),
                result.bytesSent(),
                result.bytesReceived(),
                result.duration(),
                result.resolve(),
                result.time(),
                result.histogram(),
                result.timeline(),
                result.rawTime(),
                result.rawHistogram(),
                result.lateness(),
                result.connect(),
                result.firstByte(),
                result.datagrams(),
                result.stamp(),
                result.streams(),
                Optional.of(load),
                result.errors());
    }
}
