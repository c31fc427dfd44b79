package net.client;

import net.client.ExchangeException.Kind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A listener that keeps all it hears. */
class RecordingRunListener implements RunListener {
    final List<Exchange> exchanges = new ArrayList<>();
    final List<ExchangeException> failures = new ArrayList<>();
    final List<RunResult> intervals = new ArrayList<>();
    final List<RunResult> reports = new ArrayList<>();

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        exchanges.add(exchange);
    }

    @Override
    public void onFailure(ExchangeException failure) throws IOException {
        failures.add(failure);
    }

    @Override
    public void onInterval(RunResult interval) throws IOException {
        intervals.add(interval);
    }

    @Override
    public void onReport(RunResult soFar) throws IOException {
        reports.add(soFar);
    }

    List<Kind> kinds() {
        return failures.stream().map(ExchangeException::kind).toList();
    }

    List<String> messages() {
        return failures.stream().map(Throwable::getMessage).toList();
    }

    List<Long> numbers() {
        return exchanges.stream().map(Exchange::number).toList();
    }
}
