package net.launcher.server;

import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.command.ZipPreload;
import net.launcher.command.value.Durations;
import net.launcher.metrics.MetricsEndpoint;
import net.launcher.metrics.MetricsOption;
import net.launcher.metrics.ServerMetrics;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;
import net.launcher.output.OutputFile;
import net.launcher.output.Plural;
import net.launcher.output.Terminal;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.Server;
import net.server.ServerListener;
import net.server.ServerStats;
import net.server.UdpService;
import net.server.access.AddressFilter;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Runs the servers of a transport, one per service, from their start to the summary. */
public final class ServerRun {
    /** Binds and starts the server of a service. */
    @FunctionalInterface
    public interface Starter {
        Server start(Service service, ServerListener listener, AddressFilter filter)
                throws IOException;
    }

    /** Minimum time for the last counted connections to end, if {@code --drain} is shorter. */
    private static final Duration MIN_COUNT_GRACE = Duration.ofSeconds(1);

    /** Time without progress after which blocked output is abandoned at the end of a run. */
    private static final Duration BLOCKED_AFTER = Duration.ofMillis(200);

    private final Transport transport;
    private final List<Service> services;
    private final Duration drain;
    private final CountLimit limit;
    private final AccessRules rules;
    private final Optional<OutputFile> file;
    private final Output out;
    private final Diagnostics err;
    private final ServerReport report;
    private final AtomicBoolean reportRequested = new AtomicBoolean();
    private final CoalescedAction reloading = new CoalescedAction(this::reloadNow);
    private final Optional<Endpoint> metricsEndpoint;
    private Optional<ServerMetrics> metrics = Optional.empty();
    private Optional<MetricsEndpoint> health = Optional.empty();
    private volatile RunningServers servers;

    /** Held while rules are loaded and applied, so that a reload follows the start. */
    private final ReentrantLock rulesLock = new ReentrantLock();

    /**
     * Prepares a run.
     *
     * @throws IllegalArgumentException if an option's value is not valid
     * @throws OutputException if the file for results cannot be opened
     * @throws InterruptedIOException if the thread is interrupted while it is opened
     */
    public ServerRun(ServerOptions options) throws OutputException, InterruptedIOException {
        Invocation invocation = options.invocation();
        this.transport = options.transport();
        this.services = options.services();
        this.drain = options.drain();
        this.limit = new CountLimit(options.count());
        this.rules = options.rules();
        this.metricsEndpoint = MetricsOption.endpoint(invocation);
        Format format = options.format();
        // Last, since it creates the file.
        this.file = options.file();
        this.out = file.map(OutputFile::output).orElse(invocation.out());
        this.err = invocation.err();
        this.report = ServerReport.of(format, transport, out, err);
        if (file.isPresent() && format != Format.RAW) {
            file.get().endLine();
        }
    }

    /** Returns the implementation of a service, limited to {@code --count} datagrams. */
    public UdpService counted(Service service, UdpService implementation) {
        return ServerReport.recordsMessages(service)
                ? implementation
                : new CountedService(implementation, limit);
    }

    public Duration drain() {
        return drain;
    }

    /** Serves until the thread is interrupted, the count is reached, or output fails. */
    public int run(Starter starter) throws IOException {
        ZipPreload.load();
        if (metricsEndpoint.isEmpty()) {
            return serve(starter);
        }
        ServerMetrics counted = new ServerMetrics(transport, this::stats);
        metrics = Optional.of(counted);
        try (MetricsEndpoint served =
                MetricsEndpoint.open(metricsEndpoint.get(), counted, false, err)) {
            health = Optional.of(served);
            return serve(starter);
        }
    }

    private int serve(Starter starter) throws IOException {
        RunningServers started;
        try {
            started = start(starter);
        } catch (UnknownHostException | SocketTimeoutException | OutputException e) {
            throw e;
        } catch (InterruptedIOException expected) {
            // A signal ended the start.
            return Exit.OK;
        } catch (IOException e) {
            // A local problem, such as a port in use, not one of the network.
            err.error(e);
            return Exit.USAGE;
        }
        reportIfDue();
        try (started) {
            setServing(true);
            awaitEnd();
            setServing(false);
        }
        Thread.interrupted();
        return summary();
    }

    private void setServing(boolean isServing) {
        if (health.isPresent()) {
            health.get().setServing(isServing);
        }
    }

    private void awaitEnd() {
        try {
            limit.await(drain.compareTo(MIN_COUNT_GRACE) > 0 ? drain : MIN_COUNT_GRACE);
            // No receipt is due, so the interrupt skips the drain time.
            Thread.currentThread().interrupt();
        } catch (InterruptedException expected) {
            // A signal ends the server.
            printDrain();
        }
    }

    /** Explains the wait to a user at a terminal. */
    private void printDrain() {
        long active = TotalStats.of(stats().values()).active();
        if (active > 0 && !drain.isZero() && Terminal.isStandardError()) {
            err.print(
                    "waiting up to "
                            + Durations.text(drain)
                            + " for "
                            + Plural.of(active, "connection")
                            + " to end; a second signal exits at once");
        }
    }

    private int summary() throws IOException {
        if (out.isBlocked(BLOCKED_AFTER)) {
            // The server has closed; the records still being written are lost.
            err.print("output is blocked; records lost");
            if (!report.summaryIsResult()) {
                report.summary(stats());
            }
            return Exit.USAGE;
        }
        report.summary(stats());
        Optional<OutputException> failure = limit.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        out.close();
        return Exit.OK;
    }

    private RunningServers start(Starter starter) throws IOException {
        rulesLock.lock();
        try {
            servers = RunningServers.start(services, starter, this::events, rules.load());
            return servers;
        } finally {
            rulesLock.unlock();
        }
    }

    private ServerListener events(Service service, RunningServers.BoundAction onBound) {
        ServerEvents events =
                new ServerEvents(transport, service, limit, out, err, report, onBound);
        return metrics.isPresent() && ServerReport.recordsMessages(service)
                ? metrics.get().of(service, events)
                : events;
    }

    /**
     * Returns the counters of each service, in the order of the operands; empty before the start.
     * Thread-safe.
     */
    public Map<Service, ServerStats> stats() {
        RunningServers running = servers;
        return running == null ? Map.of() : running.stats();
    }

    /** Prints the counters to standard error, as soon as the server has started. */
    public void reportNow() {
        reportRequested.set(true);
        reportIfDue();
    }

    private void reportIfDue() {
        RunningServers running = servers;
        if (running != null && reportRequested.getAndSet(false)) {
            CounterLines.print(err, transport, running.stats());
        }
    }

    /**
     * Reopens the output file and reloads the rules; returns false if there is neither. During a
     * reload by another thread, only requests a further one.
     */
    public boolean reload() {
        reloading.run();
        return file.isPresent() || rules.isGiven();
    }

    private void reloadNow() {
        file.ifPresent(this::reopen);
        if (rules.isGiven()) {
            reloadRules();
        }
    }

    private void reopen(OutputFile results) {
        try {
            results.reopen();
        } catch (OutputException e) {
            err.error(e);
            if (out.hasFailed()) {
                limit.fail(e);
            }
        } catch (InterruptedIOException e) {
            err.error(e);
        }
    }

    /** Replaces the rules, which does not affect open sessions. On an error the old ones remain. */
    private void reloadRules() {
        rulesLock.lock();
        try {
            if (servers == null) {
                // They will be loaded at the start.
                return;
            }
            servers.replaceFilter(rules.load());
            err.print("rules reloaded");
        } catch (IllegalArgumentException | IOException e) {
            err.print("rules not reloaded: " + e.getMessage());
        } finally {
            rulesLock.unlock();
        }
    }
}
