package net.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException.Kind;
import net.client.run.Exchange;
import net.client.run.RecordingRunListener;
import net.client.run.RunConfig;
import net.client.run.RunListener;
import net.client.run.RunResult;
import net.client.run.RunResult.LoadFigures;
import net.client.run.RunResult.StreamFigures;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

@Timeout(60)
class LatencyUnderLoadTest {
    private final RecordingRunListener listener = new RecordingRunListener();

    private static RunConfig measured(ClientConfig client) {
        return RunConfig.builder(Transport.TCP, Service.ECHO, client).rate(200).count(20).build();
    }

    private static RunConfig load(ClientConfig client, int connections) {
        return RunConfig.builder(Transport.TCP, Service.ECHO, client)
                .bulk()
                .parallel(connections)
                .build();
    }

    private static ClientConfig refusing(Loopback loopback) {
        return ClientConfig.of(Endpoint.of(loopback.address()));
    }

    @Test
    void measuresIdleThenUnderLoadWithThroughput() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RecordingRunListener idle = new RecordingRunListener();
            RecordingRunListener load = new RecordingRunListener();
            LatencyUnderLoad run =
                    new LatencyUnderLoad(
                            measured(server.config()),
                            load(server.config(), 2),
                            idle,
                            listener,
                            load);
            RunResult result = run.run();
            LoadFigures figures = result.load().orElseThrow();
            assertEquals(20, result.ok());
            assertEquals(20, figures.idle().ok());
            assertEquals(20, idle.exchanges.size());
            assertEquals(20, listener.exchanges.size());
            assertEquals(List.of(), listener.failures);
            assertEquals(Optional.empty(), figures.idle().load());
            assertTrue(load.intervals.getFirst().bytesSent() > 0, load.intervals::toString);
            assertEquals(List.of(), load.exchanges);
            assertEquals(2, figures.bulk().streams().size());
            long received = 0;
            for (StreamFigures stream : figures.bulk().streams()) {
                assertTrue(stream.bytesReceived() > 0, stream::toString);
                received += stream.bytesReceived();
            }
            assertEquals(figures.bulk().bytesReceived(), received);
            // The load starts a second before the run, and ends with it.
            assertTrue(figures.bulk().duration().toMillis() >= 1000);
            // One for each run, and two for the load.
            assertEquals(4, server.accepted());
        }
    }

    @Test
    void failedLoadEndsMeasurement() throws Exception {
        try (OpenServer server = OpenServer.echoing();
                Loopback refusing = Loopback.refusingTcp()) {
            RunConfig load = load(refusing(refusing), 1);
            RunResult result =
                    new LatencyUnderLoad(
                                    measured(server.config()), load, listener, listener, listener)
                            .run();
            assertEquals(0, result.ok() + result.failed());
            assertEquals(20, result.load().orElseThrow().idle().ok());
            assertEquals(1, result.load().orElseThrow().bulk().failed());
            assertEquals(List.of(Kind.REFUSED), listener.kinds());
        }
    }

    @Test
    void failedIdleRunPreventsLoad() throws Exception {
        try (OpenServer server = OpenServer.echoing();
                Loopback refusing = Loopback.refusingTcp()) {
            RunConfig load = load(server.config(), 1);
            RunResult result =
                    new LatencyUnderLoad(
                                    measured(refusing(refusing)),
                                    load,
                                    listener,
                                    listener,
                                    listener)
                            .run();
            assertEquals(20, result.failed());
            assertEquals(Optional.empty(), result.load());
            assertEquals(0, server.accepted());
        }
    }

    @Test
    void interruptBeforeTheLoadPreventsIt() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig endless = measured(server.config()).toBuilder().endless().build();
            LatencyUnderLoad run =
                    new LatencyUnderLoad(
                            endless, load(server.config(), 1), listener, listener, listener);
            FutureTask<RunResult> task = new FutureTask<>(run::run);
            Thread thread = Thread.ofPlatform().daemon().start(task);
            thread.interrupt();
            RunResult result = task.get(30, TimeUnit.SECONDS);
            assertEquals(Optional.empty(), result.load());
        }
    }

    /** In a closed loop, since an open one has several exchanges in flight after a stall. */
    @Test
    void interruptUnderLoadEndsBothRuns() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            RunListener interrupting =
                    new RunListener() {
                        @Override
                        public void onExchange(Exchange exchange) {
                            Thread.currentThread().interrupt();
                        }
                    };
            RunConfig measured =
                    RunConfig.builder(Transport.TCP, Service.ECHO, server.config())
                            .count(20)
                            .build();
            LatencyUnderLoad run =
                    new LatencyUnderLoad(
                            measured, load(server.config(), 1), listener, interrupting, listener);
            FutureTask<RunResult> task = new FutureTask<>(run::run);
            Thread.ofPlatform().daemon().start(task);
            RunResult result = task.get(30, TimeUnit.SECONDS);
            assertEquals(1, result.ok());
            assertEquals(0, result.load().orElseThrow().bulk().failed());
        }
    }

    /** The caller distinguishes exceptions of its own by their type. */
    @Test
    void exceptionOfTheLoadListenerIsThrown() throws Exception {
        try (OpenServer server = OpenServer.echoing()) {
            FileSystemException full = new FileSystemException("full");
            RunListener failing =
                    new RunListener() {
                        @Override
                        public void onInterval(RunResult interval) throws IOException {
                            throw full;
                        }
                    };
            LatencyUnderLoad run =
                    new LatencyUnderLoad(
                            measured(server.config()),
                            load(server.config(), 1),
                            listener,
                            listener,
                            failing);
            assertSame(full, assertThrows(IOException.class, run::run));
        }
    }

    @Test
    void rejectsLoadOtherThanBulkRunOverTcp() throws IOException {
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig measured = measured(server.config());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new LatencyUnderLoad(measured, measured, listener, listener, listener));
        }
    }

    @Test
    void rejectsServiceWithoutAnswers() throws IOException {
        try (OpenServer server = OpenServer.echoing()) {
            RunConfig unanswered =
                    RunConfig.builder(Transport.UDP, Service.RECEIVE, server.config())
                            .count(2)
                            .build();
            IllegalArgumentException thrown =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    new LatencyUnderLoad(
                                            unanswered,
                                            load(server.config(), 1),
                                            listener,
                                            listener,
                                            listener));
            assertEquals(
                    "measured must be a run of a service that answers: receive",
                    thrown.getMessage());
        }
    }
}
