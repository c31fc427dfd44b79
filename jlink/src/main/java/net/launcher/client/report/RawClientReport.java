package net.launcher.client.report;

import net.client.connect.ExchangeException;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.client.metric.Threshold.Verdict;
import net.launcher.client.report.text.StatusLine;
import net.launcher.client.report.text.VerdictLines;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output;
import net.protocol.Message;
import net.protocol.Service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** Raw report of a client run: the bytes of the answers, without separators. */
record RawClientReport(RunConfig run, Output out, Diagnostics err) implements ClientReport {
    @Override
    public void exchange(Exchange exchange) throws IOException {
        if (run.isStream()) {
            // Streams are not written.
            return;
        }
        if (run.service() == Service.ECHO) {
            // The echo equals the payload; the message may hold only its beginning.
            ByteBuffer payload = run.payload().buffer();
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            out.append(batch -> batch.writeBytes(bytes));
        } else {
            answer(exchange.answer());
        }
    }

    @Override
    public void failure(OptionalLong number, ExchangeException failure) throws IOException {
        answer(failure.received());
    }

    private void answer(Message answer) throws IOException {
        out.append(batch -> batch.writeBytes(answer.bytes()));
    }

    @Override
    public void interval(RunResult interval) {
        // Only bytes of the peer are written.
    }

    @Override
    public void summary(RunResult result, List<Verdict> verdicts) {
        if (!run.isSingle()) {
            err.print(StatusLine.line(result));
        }
        for (String line : VerdictLines.of(verdicts)) {
            err.print(line);
        }
    }
}
