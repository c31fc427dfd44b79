package net.launcher;

import net.client.ClientConfig;
import net.client.Exchange;
import net.client.ExchangeException;
import net.client.ExchangeException.Kind;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.report.ClientReport;
import net.launcher.report.Diagnostics;
import net.launcher.report.Durations;
import net.launcher.report.Tally;
import net.protocol.Endpoint;
import net.protocol.Message;
import net.protocol.Transport;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A client from its message to its summary: the part that TCP and UDP share. */
final class ClientRun {
    /** Takes part in one kind of exchange. */
    @FunctionalInterface
    interface Exchanger {
        Exchange exchange(ClientConfig config, Message message) throws ExchangeException;
    }

    private final Transport transport;
    private final Exchanger exchanger;

    ClientRun(Transport transport, Exchanger exchanger) {
        this.transport = transport;
        this.exchanger = exchanger;
    }

    /** Runs one exchange, or until the thread is interrupted; returns the exit status. */
    int run(Invocation invocation) throws IOException {
        ClientConfig config =
                new ClientConfig(
                        invocation.peer(),
                        invocation.duration("--timeout", ClientConfig.DEFAULT_TIMEOUT),
                        invocation.duration(
                                "--connect-timeout", ClientConfig.DEFAULT_CONNECT_TIMEOUT));
        Message message = invocation.message();
        ClientReport report = ClientReport.of(transport, invocation.format(), invocation.out());
        long startNanos = System.nanoTime();
        try {
            Exchange exchange = exchanger.exchange(config, message);
            report.reply(exchange);
            report.summary(tally(exchange, since(startNanos)));
            detail(exchange, invocation.err());
            return Exit.OK;
        } catch (ExchangeException e) {
            boolean interrupted = Thread.interrupted();
            invocation.err().error(e);
            report.failure(e);
            report.summary(tally(e, since(startNanos)));
            if (interrupted) {
                return Exit.INTERRUPTED;
            }
            return e.kind() == Kind.PERMISSION ? Exit.USAGE : Exit.NETWORK;
        }
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    private static void detail(Exchange exchange, Diagnostics err) {
        if (err.isVerbose()) {
            err.say(
                    Endpoint.of(exchange.local())
                            + " to "
                            + Endpoint.of(exchange.peer())
                            + ": "
                            + exchange.bytesSent()
                            + " B sent, "
                            + exchange.answer().size()
                            + " B received in "
                            + Durations.text(exchange.duration()));
        }
    }

    private static Tally tally(Exchange exchange, Duration duration) {
        Optional<Duration> time =
                Optional.of(exchange.duration()).filter(any -> exchange.answer().size() > 0);
        return new Tally(true, 1, exchange.bytesSent(), exchange.answer().size(), duration, time);
    }

    private static Tally tally(ExchangeException failure, Duration duration) {
        int sent = failure.bytesSent() > 0 || failure.kind() == Kind.REFUSED ? 1 : 0;
        return new Tally(
                false,
                sent,
                failure.bytesSent(),
                failure.received().size(),
                duration,
                Optional.empty());
    }
}
