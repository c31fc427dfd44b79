package net.client.run;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A listener that keeps all events. */
public class RecordingRunListener implements RunListener {
    public final List<Exchange> exchanges = new ArrayList<>();
    public final List<ExchangeException> failures = new ArrayList<>();
    public final List<OptionalLong> failureNumbers = new ArrayList<>();
    public final List<RunResult> intervals = new ArrayList<>();
    public final List<RunResult> reports = new ArrayList<>();

    @Override
    public void onExchange(Exchange exchange) throws IOException {
        exchanges.add(exchange);
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failure) throws IOException {
        failures.add(failure);
        failureNumbers.add(number);
    }

    @Override
    public void onInterval(RunResult interval) throws IOException {
        intervals.add(interval);
    }

    @Override
    public void onReport(RunResult soFar) throws IOException {
        reports.add(soFar);
    }

    public List<Kind> kinds() {
        return failures.stream().map(ExchangeException::kind).toList();
    }

    public List<String> messages() {
        return failures.stream().map(Throwable::getMessage).toList();
    }

    public List<Long> numbers() {
        return exchanges.stream().map(Exchange::number).toList();
    }
}
