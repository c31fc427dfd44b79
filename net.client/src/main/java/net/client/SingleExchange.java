package net.client;

import net.client.connect.ExchangeException;
import net.client.connect.internal.ExceptionTranslator;
import net.client.connect.internal.Resolver;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;

import java.io.IOException;
import java.util.OptionalLong;

/** Performs a run of one exchange and keeps its outcome. */
final class SingleExchange implements RunListener {
    private Exchange exchange;
    private ExchangeException failure;

    private SingleExchange() {}

    /** Performs the run and returns its exchange, or throws its failure. */
    static Exchange perform(RunConfig config, Resolver resolver) throws ExchangeException {
        SingleExchange single = new SingleExchange();
        try {
            new Run(config, single, resolver).run();
        } catch (IOException e) {
            // Not from the listener: no selector could be opened.
            throw ExceptionTranslator.at("exchange with", config.client().endpoint(), e);
        }
        if (single.exchange == null) {
            throw single.failure;
        }
        return single.exchange;
    }

    @Override
    public void onExchange(Exchange succeeded) {
        exchange = succeeded;
    }

    @Override
    public void onFailure(OptionalLong number, ExchangeException failed) {
        failure = failed;
    }
}
