package net.launcher.client.html.targets;

import net.client.connect.ExchangeException.Kind;
import net.client.measure.LatencyFigure;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.html.chart.Html;
import net.launcher.client.metric.DerivedMetrics;
import net.launcher.client.metric.Rates;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.command.value.Durations;
import net.launcher.output.SiUnits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Table with a row per target, and its failures below. Each cell repeats its heading, since narrow
 * screens show a row as a block.
 */
final class TargetTable {
    private static final String NONE = "-";
    private static final List<LatencyFigure> TIMES =
            List.of(LatencyFigure.MIN, LatencyFigure.P50, LatencyFigure.P99, LatencyFigure.MAX);

    private final Html html;
    private final GroupModel model;
    private final RunConfig run;
    private final RunResult total;
    private final boolean hasTimes;
    private final List<String> headings;
    private final List<Verdict> thresholds;

    TargetTable(Html html, GroupModel model) {
        this.html = html;
        this.model = model;
        run = model.total().run();
        total = model.total().result();
        hasTimes = total.histogram().count() > 0;
        headings = headings();
        thresholds = model.targets().getFirst().verdicts();
    }

    void draw() {
        html.open("section").element("h2", "Targets");
        html.open("div", "class", "scroll").open("table", "class", "targets");
        html.open("thead").open("tr");
        for (String heading : headings) {
            html.element("th", heading, "scope", "col");
        }
        for (int i = 0; i < thresholds.size(); i++) {
            String expression = thresholds.get(i).threshold().expression();
            html.open("th", "scope", "col").text("fail if ");
            html.data("thresholds." + i + ".expr", expression, expression).close();
        }
        html.close().close().open("tbody");
        for (int i = 0; i < model.targets().size(); i++) {
            target(model.targets().get(i), "targets." + i + ".", i == model.worst());
        }
        total();
        html.close().close().close().close();
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("target", "ok", "failed", "loss", "rate"));
        if (run.bulk()) {
            headings.addAll(List.of("up", "down"));
        }
        if (hasTimes) {
            TIMES.forEach(figure -> headings.add(heading(figure)));
        }
        return headings;
    }

    private static String heading(LatencyFigure figure) {
        return figure.label() + " (ms)";
    }

    private void target(TargetModel target, String prefix, boolean isWorst) {
        html.open("tr", "class", isWorst ? "worst" : "target").open("th", "scope", "row");
        html.data(prefix + "target", target.name(), target.name());
        if (isWorst) {
            html.text(" ").element("span", "worst", "class", "bad");
        }
        html.close();
        figures(target.result(), prefix);
        for (int i = 0; i < target.verdicts().size(); i++) {
            threshold(target.verdicts().get(i), prefix + "thresholds." + i + ".");
        }
        html.close();
        if (!target.result().errors().isEmpty()) {
            failures(target, prefix);
        }
    }

    /** Adds the row of the total, whose figures have their names in the tables of all targets. */
    private void total() {
        html.open("tr", "class", "total").element("th", "total", "scope", "row");
        figures(total, "");
        for (int i = 0; i < thresholds.size(); i++) {
            html.element("td", "");
        }
        html.close();
    }

    private void figures(RunResult result, String prefix) {
        cell("ok", prefix, "ok", Optional.of(result.ok()), Long.toString(result.ok()), false);
        cell(
                "failed",
                prefix,
                "failed",
                Optional.of(result.failed()),
                Long.toString(result.failed()),
                result.failed() > 0);
        Optional<BigDecimal> loss = DerivedMetrics.lossPercent(result);
        Optional<BigDecimal> rate = DerivedMetrics.okPerSecond(result);
        cell("loss", prefix, "loss", loss, Rates.loss(result), false);
        String perSecond = Rates.perSecond(result.ok(), result.duration());
        cell("rate", prefix, "ok_per_second", rate, perSecond, false);
        if (run.bulk()) {
            bits("up", prefix, "up_bits_per_second", DerivedMetrics.up(run, result));
            bits("down", prefix, "down_bits_per_second", DerivedMetrics.down(run, result));
        }
        for (LatencyFigure figure : hasTimes ? TIMES : List.<LatencyFigure>of()) {
            OptionalLong nanos = figure.of(result.time());
            boolean isKnown = nanos.isPresent();
            cell(
                    heading(figure),
                    prefix,
                    "time_ns." + figure.jsonName(),
                    isKnown ? Optional.of(nanos.getAsLong()) : Optional.empty(),
                    isKnown ? Durations.millis(nanos.getAsLong()) : NONE,
                    false);
        }
    }

    private void bits(String heading, String prefix, String name, OptionalLong rate) {
        Optional<BigDecimal> exact =
                rate.isPresent()
                        ? Optional.of(BigDecimal.valueOf(rate.getAsLong()))
                        : Optional.empty();
        cell(heading, prefix, name, exact, exact.map(SiUnits::bitRate).orElse(NONE), false);
    }

    /** Adds a figure; without a prefix, only its text. */
    private void cell(
            String heading,
            String prefix,
            String name,
            Optional<?> exact,
            String text,
            boolean isBad) {
        html.open("td", "data-label", heading, "class", isBad ? "bad" : "figure");
        if (prefix.isEmpty()) {
            html.text(text);
        } else {
            html.data(prefix + name, exact.isPresent() ? exact.get() : "", text);
        }
        html.close();
    }

    private void threshold(Verdict verdict, String prefix) {
        String heading = "fail if " + verdict.threshold().expression();
        html.open("td", "data-label", heading, "class", verdict.isOk() ? "ok" : "bad");
        html.data(
                        prefix + "actual",
                        verdict.actual().isPresent() ? verdict.actual().get() : "",
                        VerdictLines.actual(verdict))
                .text(" ");
        html.data(prefix + "ok", verdict.isOk(), VerdictLines.label(verdict)).close();
    }

    private void failures(TargetModel target, String prefix) {
        String columns = Integer.toString(headings.size() + thresholds.size());
        html.open("tr", "class", "failures").open("td", "class", "words", "colspan", columns);
        for (Map.Entry<Kind, Long> error : new TreeMap<>(target.result().errors()).entrySet()) {
            Kind kind = error.getKey();
            String counted = error.getValue() + " " + kind.label();
            html.open("div");
            html.data(prefix + "errors." + kind.label(), error.getValue(), counted);
            html.text(": " + target.recorder().messages().getOrDefault(kind, NONE)).close();
        }
        html.close().close();
    }
}
