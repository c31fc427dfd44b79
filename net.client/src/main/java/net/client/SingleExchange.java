package net.client;

import net.client.connect.ExchangeException;
import net.client.connect.internal.ExceptionTranslator;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;

import java.io.IOException;

/** Keeps what came of a run of one. */
final class SingleExchange implements RunListener {
    private Exchange exchange;
    private ExchangeException failure;

    /** Makes the run, and returns its exchange. */
    static Exchange of(RunConfig config) throws ExchangeException {
        SingleExchange single = new SingleExchange();
        try {
            new Run(config, single).run();
        } catch (IOException e) {
            // Not the listener: no selector can be had.
            throw ExceptionTranslator.at("exchange with", config.client().endpoint(), e);
        }
        if (single.exchange == null) {
            throw single.failure;
        }
        return single.exchange;
    }

    @Override
    public void onExchange(Exchange made) {
        exchange = made;
    }

    @Override
    public void onFailure(ExchangeException failed) {
        failure = failed;
    }
}
