package net.launcher.server;

import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.command.ZipPreload;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;
import net.launcher.output.OutputFile;
import net.server.Server;
import net.server.ServerListener;
import net.server.UdpService;
import net.server.access.AddressFilter;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** A server from its start to its summary: the part that TCP and UDP share. */
public final class ServerRun {
    /** Binds and starts one kind of server. */
    @FunctionalInterface
    public interface Starter {
        Server start(ServerListener listener, AddressFilter filter) throws IOException;
    }

    /** How long the peers that were counted may take to end, however little others are granted. */
    private static final Duration MIN_COUNT_GRACE = Duration.ofSeconds(1);

    /** Output that does not move for so long, when all else has ended, is given up. */
    private static final Duration BLOCKED_AFTER = Duration.ofMillis(200);

    private final Duration drain;
    private final CountLimit limit;
    private final AccessRules rules;
    private final Optional<OutputFile> file;
    private final Output out;
    private final Diagnostics err;
    private final ServerReport report;
    private final ServerEvents events;
    private final AtomicBoolean isReportDue = new AtomicBoolean();
    private volatile Server server;

    /** Held while rules are read, so that those read last are those in force. */
    private final ReentrantLock rulesLock = new ReentrantLock();

    /**
     * Prepares a run.
     *
     * @throws IllegalArgumentException if an option's value is not valid
     * @throws OutputException if the file for results cannot be opened
     */
    public ServerRun(ServerOptions options) throws OutputException {
        Invocation invocation = options.invocation();
        this.drain = options.drain();
        this.limit = new CountLimit(options.count());
        this.rules = options.rules();
        Format format = invocation.format();
        // Last, since it makes the file.
        this.file = options.file();
        this.out = file.map(OutputFile::output).orElse(invocation.out());
        this.err = invocation.err();
        this.report = ServerReport.of(format, out, err);
        this.events = new ServerEvents(options, limit, out, report);
        if (file.isPresent() && format != Format.RAW) {
            file.get().endLine();
        }
    }

    /** Returns a service that takes no more datagrams than are to be. */
    public UdpService counted(UdpService service) {
        return events.counted(service);
    }

    public Duration drain() {
        return drain;
    }

    /** Serves until the thread is interrupted, the count is reached, or output fails. */
    public int run(Starter starter) throws IOException {
        ZipPreload.load();
        Server started;
        try {
            started = start(starter);
        } catch (UnknownHostException | SocketTimeoutException | OutputException e) {
            throw e;
        } catch (InterruptedIOException expected) {
            // The signal to end, before there was anything to end.
            return Exit.OK;
        } catch (IOException e) {
            // This machine's fault, not the network's.
            err.error(e);
            return Exit.USAGE;
        }
        reportIfDue();
        try (started) {
            limit.await(drain.compareTo(MIN_COUNT_GRACE) > 0 ? drain : MIN_COUNT_GRACE);
            // Nobody can get a receipt any more: an interrupt spares the grace time.
            Thread.currentThread().interrupt();
        } catch (InterruptedException expected) {
            // The signal to end.
        }
        Thread.interrupted();
        return summary();
    }

    private int summary() throws IOException {
        if (out.isBlocked(BLOCKED_AFTER)) {
            // The server has given up messages whose records are still being written.
            err.say("output is blocked, given up");
            if (!report.summaryIsResult()) {
                report.summary(server.stats());
            }
            return Exit.USAGE;
        }
        report.summary(server.stats());
        Optional<OutputException> failure = events.outputFailure();
        if (failure.isPresent()) {
            throw failure.get();
        }
        out.close();
        return Exit.OK;
    }

    private Server start(Starter starter) throws IOException {
        rulesLock.lock();
        try {
            server = starter.start(events, rules.load());
            return server;
        } finally {
            rulesLock.unlock();
        }
    }

    /** Says on standard error what the server has done so far. */
    public void reportNow() {
        isReportDue.set(true);
        reportIfDue();
    }

    /** Says it once there is a server, which is a moment after the ready line. */
    private void reportIfDue() {
        Server running = server;
        if (running != null && isReportDue.getAndSet(false)) {
            err.say(TextServerReport.summaryLine(running.stats()));
        }
    }

    /** Opens the file for results and reads the rules again; returns false if there are none. */
    public boolean reload() {
        file.ifPresent(this::reopen);
        if (rules.isGiven()) {
            readRules();
        }
        return file.isPresent() || rules.isGiven();
    }

    private void reopen(OutputFile results) {
        try {
            results.reopen();
        } catch (OutputException e) {
            err.error(e);
            if (out.hasFailed()) {
                events.failed(e);
            }
        }
    }

    /** Sessions go on as they are; rules that cannot be read leave those before in force. */
    private void readRules() {
        rulesLock.lock();
        try {
            if (server == null) {
                // The start has yet to read them.
                return;
            }
            server.replaceFilter(rules.load());
            err.say("rules read again");
        } catch (IllegalArgumentException | IOException e) {
            err.say("rules are as before: " + e.getMessage());
        } finally {
            rulesLock.unlock();
        }
    }
}
