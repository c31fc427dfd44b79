package net.launcher.client.report;

import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.ExchangeLine;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.output.Escapes;
import net.launcher.output.Output;
import net.protocol.Message;
import net.protocol.Service;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Text report of a single exchange: only the answer, as the tutorial prints it. */
record AnswerReport(RunConfig run, Output out) implements ClientReport {
    @Override
    public void exchange(Exchange exchange) throws IOException {
        if (run.service() == Service.CONNECT) {
            out.append(ExchangeLine.open(exchange));
            return;
        }
        if (run.service() == Service.STAMP) {
            out.append(ExchangeLine.of(run, false, exchange));
            return;
        }
        long rest = exchange.bytesReceived() - exchange.answer().size();
        answer(exchange.answer(), rest > 0 ? "... (" + exchange.bytesReceived() + " B)" : "");
    }

    @Override
    public void failure(OptionalLong number, ExchangeException failure) throws IOException {
        answer(failure.received(), "");
    }

    private void answer(Message answer, String end) throws IOException {
        if (answer.size() > 0) {
            out.append(Escapes.text(answer) + end);
        }
    }

    @Override
    public void interval(RunResult interval) {
        // A single exchange has no intervals.
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) throws IOException {
        for (String line : VerdictLines.of(verdicts)) {
            out.append(line);
        }
    }
}
