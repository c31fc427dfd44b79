package net.launcher.client.report;

import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.report.Threshold.Verdict;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output;
import net.protocol.Message;
import net.protocol.Service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A client's results as they came: the bytes of the answers, with nothing between them. */
record RawClientReport(RunConfig run, Output out, Diagnostics err) implements ClientReport {
    @Override
    public void start() {
        // Only what the peer sent goes there.
    }

    @Override
    public void exchange(Exchange exchange) throws IOException {
        if (run.isStream()) {
            // More than anybody reads.
            return;
        }
        if (run.service() == Service.ECHO) {
            // What came back is what was sent, of which a message may hold the beginning alone.
            ByteBuffer payload = run.payload().buffer();
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            out.append(batch -> batch.writeBytes(bytes));
        } else {
            answer(exchange.answer());
        }
    }

    @Override
    public void failure(ExchangeException failure) throws IOException {
        answer(failure.received());
    }

    private void answer(Message answer) throws IOException {
        out.append(batch -> batch.writeBytes(answer.bytes()));
    }

    @Override
    public void interval(RunResult interval) {
        // Not what the peer sent.
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) {
        if (!run.isSingle()) {
            err.say(StatusLine.line(result));
        }
        for (String line : VerdictLines.of(verdicts)) {
            err.say(line);
        }
    }
}
