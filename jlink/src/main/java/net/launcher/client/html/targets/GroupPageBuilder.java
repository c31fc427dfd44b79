package net.launcher.client.html.targets;

import net.client.run.RunResult;
import net.launcher.client.html.KeyFigures;
import net.launcher.client.html.PageLayout;
import net.launcher.client.html.RunTable;
import net.launcher.client.html.Tables;
import net.launcher.client.html.chart.Html;
import net.launcher.client.metric.Rates;
import net.launcher.command.value.Durations;
import net.launcher.output.Plural;

/** Builds the page: verdict and key figures, then a row and a chart per target, then the total. */
final class GroupPageBuilder {
    private static final String SCOPE = " of all targets";

    private final GroupModel model;
    private final Html html = new Html();

    private GroupPageBuilder(GroupModel model) {
        this.model = model;
    }

    static String page(GroupModel model) {
        return new GroupPageBuilder(model).page();
    }

    private String page() {
        PageLayout.open(html, model.title(), GroupStyle.RULES);
        headline();
        new KeyFigures(html, model.total()).draw();
        new TargetTable(html, model).draw();
        new SmallMultiples(model).draw(html);
        Tables tables = new Tables(html, model.total(), SCOPE);
        tables.times();
        tables.counts();
        tables.failures();
        new RunTable(html, model.total(), model.targets().size()).draw();
        PageLayout.close(html);
        return html.page();
    }

    private void headline() {
        html.open("header").element("h1", model.title());
        PageLayout.when(html, model.total().started(), model.total().result().duration());
        PageLayout.verdict(html, isSuccess(), verdict());
        if (model.worst() >= 0) {
            html.element("p", worst(model.targets().get(model.worst())), "class", "difference");
        }
        html.close();
    }

    private boolean isSuccess() {
        boolean isFlawless = model.count(TargetModel::isFlawless) == model.targets().size();
        return !model.total().isInterrupted()
                && model.count(TargetModel::isEmpty) == 0
                && model.count(target -> target.failedThresholds() > 0) == 0
                && (isFlawless || model.hasThresholds());
    }

    private String verdict() {
        String targets = " of " + Plural.of(model.targets().size(), "target");
        String ended = model.total().isInterrupted() ? "Interrupted by a signal. " : "";
        String counts = model.count(TargetModel::isFlawless) + targets + " had no failure";
        long empty = model.count(TargetModel::isEmpty);
        if (empty > 0) {
            counts += "; " + empty + " had no exchange";
        }
        if (!model.hasThresholds()) {
            return ended + counts;
        }
        long missed = model.count(target -> target.failedThresholds() > 0);
        return ended
                + (missed == 0
                        ? "All thresholds passed"
                        : "Thresholds failed for " + missed + targets)
                + "; "
                + counts;
    }

    private static String worst(TargetModel target) {
        RunResult result = target.result();
        String text = "Worst target: " + target.name() + ", loss " + Rates.loss(result);
        if (result.time().p99().isPresent()) {
            return text + ", p99 " + Durations.precise(result.time().p99().getAsLong());
        }
        return result.time().max().isPresent()
                ? text + ", maximum " + Durations.precise(result.time().max().getAsLong())
                : text;
    }
}
