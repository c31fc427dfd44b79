package net.launcher.selftest;

import net.launcher.command.Invocation;
import net.launcher.command.value.Durations;
import net.launcher.output.Escapes;
import net.launcher.output.Format;
import net.launcher.output.JsonLine;
import net.launcher.output.Output;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The results of {@code selftest}: a line per check, and a summary. */
public final class SelfTestReport {
    /** A check of the image. */
    @FunctionalInterface
    public interface Check {
        /**
         * Runs the check and returns its duration.
         *
         * @throws CheckException if the check fails
         */
        Duration run() throws CheckException, InterruptedException;
    }

    /** Reports the failure of a check. */
    public static final class CheckException extends Exception {
        private static final long serialVersionUID = 1L;

        public CheckException(String message) {
            super(message);
        }
    }

    private static final int NAME_WIDTH = 24;
    private static final int RESULT_WIDTH = 11;
    private static final int TIME_WIDTH = 9;

    private final Output out;
    private final Format format;
    private final long startNanos = System.nanoTime();
    private int ok;
    private int failed;
    private int skipped;

    private SelfTestReport(Invocation invocation) {
        this.out = invocation.out();
        this.format = invocation.format();
    }

    public static SelfTestReport start(Invocation invocation) throws IOException {
        SelfTestReport report = new SelfTestReport(invocation);
        if (report.format == Format.RAW) {
            throw new IllegalArgumentException("--format must be text or json: raw");
        }
        if (report.format == Format.TEXT) {
            report.out.line(row("CHECK", "RESULT", "TIME"));
        }
        return report;
    }

    public void check(String name, Check check) throws IOException, InterruptedException {
        try {
            Duration time = check.run();
            ok++;
            line(name, "ok", Optional.empty(), Optional.of(time));
        } catch (CheckException e) {
            failed++;
            line(name, "failed", Optional.of(e.getMessage()), Optional.empty());
        }
    }

    public void skip(String name, String reason) throws IOException {
        skipped++;
        line(name, "skipped", Optional.of(reason), Optional.empty());
    }

    private void line(String name, String result, Optional<String> detail, Optional<Duration> time)
            throws IOException {
        switch (format) {
            case TEXT ->
                    out.line(
                            detail.map(text -> row(name, result + ": " + Escapes.text(text), ""))
                                    .orElseGet(
                                            () ->
                                                    row(
                                                            name,
                                                            result,
                                                            time.map(Durations::text).orElse(""))));
            case JSON -> {
                JsonLine line =
                        JsonLine.event("check")
                                .field("time", Instant.now())
                                .field("name", name)
                                .field("result", result);
                if (detail.isPresent()) {
                    line.field("detail", detail.get());
                }
                out.line(line.field("time_ns", time.map(Duration::toNanos)).end());
            }
        }
    }

    private static String row(String name, String result, String time) {
        String row = name + " ".repeat(Math.max(NAME_WIDTH - name.length(), 1)) + result;
        int end = NAME_WIDTH + RESULT_WIDTH + TIME_WIDTH - time.length();
        return time.isEmpty() ? row : row + " ".repeat(Math.max(end - row.length(), 1)) + time;
    }

    /** Writes the summary; returns false if a check failed. */
    public boolean summary() throws IOException {
        Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
        out.line(format == Format.JSON ? json(duration) : text(duration));
        return failed == 0;
    }

    private String text(Duration duration) {
        return ok
                + " ok, "
                + failed
                + " failed, "
                + skipped
                + " skipped in "
                + Durations.text(duration);
    }

    private String json(Duration duration) throws IOException {
        return JsonLine.event("summary")
                .field("time", Instant.now())
                .field("ok", ok)
                .field("failed", failed)
                .field("skipped", skipped)
                .field("duration_ns", duration.toNanos())
                .end();
    }
}
