package net.launcher.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.launcher.client.report.Exchanges;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Counting of the events of a run. */
class ClientMetricsTest {
    private final ClientMetrics metrics = new ClientMetrics(Map.of("site", "x"));

    private static RunConfig echo() {
        return Exchanges.many(Transport.TCP, Service.ECHO).build();
    }

    private String value(String metric, String... labels) throws IOException {
        StringWriter text = new StringWriter();
        metrics.write(new Exposition(text, ExpositionFormat.PROMETHEUS));
        List<String> found =
                text.toString()
                        .lines()
                        .filter(line -> line.startsWith(metric + "{"))
                        .filter(line -> List.of(labels).stream().allMatch(line::contains))
                        .toList();
        assertEquals(1, found.size(), text::toString);
        return found.getFirst().replaceFirst(".* ", "");
    }

    @Test
    void countsExchangesWithTheTimeOfTheSummary() throws IOException {
        RunListener listener = metrics.of(echo(), RunListener.NONE);
        listener.onExchange(Exchanges.of(1, "abc", 4, 100_000, 5));
        listener.onExchange(Exchanges.of(2, "abc", 4, -1, 5));
        String own = "site=\"x\",target=\"example.org:9000\",transport=\"tcp\",service=\"echo\"";
        assertEquals("2", value("netpair_exchanges_total", own + ",result=\"ok\""));
        assertEquals("0.000428998", value("netpair_round_trip_seconds_sum", own));
        assertEquals("1", value("netpair_connect_seconds_count", own));
        assertEquals("6", value("netpair_sent_bytes_total", own));
        assertEquals("8", value("netpair_received_bytes_total", own));
    }

    @Test
    void countsFailedExchangesByKindButNoStrayDatagrams() throws IOException {
        RunListener listener = metrics.of(echo(), RunListener.NONE);
        ExchangeException silent = Exchanges.failure(Kind.SILENT, "silent", "");
        listener.onFailure(OptionalLong.of(1), silent);
        ExchangeException stray = Exchanges.failure(Kind.WRONG_SOURCE, "stray", "");
        listener.onFailure(OptionalLong.empty(), stray);
        assertEquals("1", value("netpair_exchanges_total", "result=\"silent\""));
        assertEquals("0", value("netpair_exchanges_total", "result=\"timeout\""));
        assertEquals("0", value("netpair_exchanges_total", "result=\"refused\""));
        StringWriter text = new StringWriter();
        metrics.write(new Exposition(text, ExpositionFormat.PROMETHEUS));
        assertFalse(text.toString().contains("wrong_source"), text::toString);
    }

    @Test
    void bytesOfStreamsAreThoseOfIntervals() throws IOException {
        RunConfig run = Exchanges.single(Transport.TCP, Service.DISCARD);
        RunListener listener = metrics.of(run, RunListener.NONE);
        RunResult interval = mock(RunResult.class);
        when(interval.bytesSent()).thenReturn(1000L);
        listener.onInterval(interval);
        listener.onExchange(Exchanges.of(1, "", 0, -1, -1));
        assertEquals("1000", value("netpair_sent_bytes_total"));
    }

    @Test
    void onlyTheListenerThatNeedsExchangesReceivesThem() throws IOException {
        List<Exchange> received = new ArrayList<>();
        RunListener needing =
                new RunListener() {
                    @Override
                    public void onExchange(Exchange exchange) {
                        received.add(exchange);
                    }
                };
        RunListener needless =
                new RunListener() {
                    @Override
                    public boolean needsExchanges() {
                        return false;
                    }

                    @Override
                    public void onExchange(Exchange exchange) {
                        throw new AssertionError();
                    }
                };
        Exchange exchange = Exchanges.of(1, "", 0, -1, -1);
        metrics.of(echo(), needing).onExchange(exchange);
        assertTrue(metrics.of(echo(), needless).needsExchanges());
        metrics.of(echo(), needless).onExchange(exchange);
        assertEquals(List.of(exchange), received);
    }
}
