package net.launcher;

import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.report.Diagnostics;
import net.launcher.report.Durations;
import net.launcher.report.Format;
import net.launcher.report.Output;
import net.launcher.report.Output.OutputException;
import net.launcher.report.OutputFile;
import net.launcher.report.ServerReport;
import net.launcher.report.TextServerReport;
import net.launcher.report.Throttle;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ReceivedMessage;
import net.server.Server;
import net.server.ServerListener;
import net.server.Session;
import net.server.UdpService;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A server from its start to its summary: the part that TCP and UDP share. */
final class ServerRun implements ServerListener {
    /** Binds and starts one kind of server. */
    @FunctionalInterface
    interface Starter {
        Server start(ServerListener listener) throws IOException;
    }

    /** The count was reached before this message. */
    private static final class SurplusException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** How long the peers that were counted may take to end, however little others are granted. */
    private static final Duration MIN_COUNT_GRACE = Duration.ofSeconds(1);

    /** Output that does not move for so long, when all else has ended, is given up. */
    private static final Duration BLOCKED_AFTER = Duration.ofMillis(200);

    private final Transport transport;
    private final Service service;
    private final Duration drain;
    private final CountLimit limit;
    private final Optional<OutputFile> file;
    private final Output out;
    private final Diagnostics err;
    private final ServerReport report;
    private final Throttle failures;
    private final AtomicReference<OutputException> outputFailure = new AtomicReference<>();
    private final AtomicBoolean isReportDue = new AtomicBoolean();
    private volatile Server server;
    private volatile boolean isListening;

    /**
     * Prepares a run.
     *
     * @throws IllegalArgumentException if an option's value is not valid
     * @throws OutputException if the file for results cannot be opened
     */
    ServerRun(Transport transport, Invocation invocation) throws OutputException {
        ServerOptions options = new ServerOptions(transport, invocation);
        this.transport = transport;
        this.service = options.service();
        this.drain = options.drain();
        this.limit = new CountLimit(options.count());
        Format format = invocation.format();
        this.file = options.file();
        this.out = file.map(OutputFile::output).orElse(invocation.out());
        this.err = invocation.err();
        this.report = ServerReport.of(format, out, err);
        if (file.isPresent() && format != Format.RAW) {
            file.get().endLine();
        }
        this.failures = new Throttle(err);
    }

    Duration drain() {
        return drain;
    }

    /** Serves until the thread is interrupted, the count is reached, or output fails. */
    int run(Starter starter) throws IOException {
        Server started;
        try {
            started = start(starter);
            server = started;
            reportIfDue();
        } catch (UnknownHostException | OutputException e) {
            throw e;
        } catch (InterruptedException expected) {
            // The signal to end, before there was anything to end.
            return Exit.OK;
        } catch (IOException e) {
            // This machine's fault, not the network's.
            err.error(e);
            return Exit.USAGE;
        }
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
        if (outputFailure.get() != null) {
            throw outputFailure.get();
        }
        out.close();
        return Exit.OK;
    }

    /** Starts in another thread, since nothing interrupts the look-up of a name. */
    private Server start(Starter starter) throws IOException, InterruptedException {
        FutureTask<Server> start = new FutureTask<>(() -> starter.start(this));
        Thread.ofPlatform().daemon().name("start").start(start);
        try {
            return result(start);
        } catch (InterruptedException e) {
            if (!isListening) {
                throw e;
            }
            // Ready already, so to be ended as a server is.
            Server started = result(start);
            Thread.currentThread().interrupt();
            return started;
        }
    }

    private static Server result(FutureTask<Server> start)
            throws IOException, InterruptedException {
        try {
            return start.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Says on standard error what the server has done so far. */
    void reportNow() {
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

    /** Opens the file for results again; returns false if there is none. */
    boolean reopen() {
        if (file.isEmpty()) {
            return false;
        }
        try {
            file.get().reopen();
        } catch (OutputException e) {
            err.error(e);
            if (out.hasFailed()) {
                failed(e);
            }
        }
        return true;
    }

    /** Returns a service that takes no more datagrams than are to be. */
    UdpService counted(UdpService service) {
        return recordsMessages()
                ? service
                : datagram -> {
                    if (!limit.isReached()) {
                        service.serve(datagram);
                        limit.take();
                        limit.end(1);
                    }
                };
    }

    private boolean recordsMessages() {
        return service == Service.GREET || service == Service.RECEIVE;
    }

    @Override
    public void onListening(InetSocketAddress local) throws IOException {
        isListening = true;
        report.listening(transport, local, service);
        err.say("listening on " + Endpoint.of(local));
    }

    @Override
    public void onMessage(ReceivedMessage message) throws IOException {
        if (!limit.take()) {
            throw new SurplusException();
        }
        try {
            report.message(message);
        } catch (OutputException e) {
            throw failed(e);
        }
        if (transport == Transport.UDP) {
            limit.end(1);
        }
    }

    @Override
    public void commit() throws IOException {
        try {
            out.commit();
        } catch (OutputException e) {
            throw failed(e);
        }
    }

    private OutputException failed(OutputException failure) {
        outputFailure.compareAndSet(null, failure);
        limit.fail();
        return failure;
    }

    @Override
    public void onEnd(Session session) {
        if (!recordsMessages()) {
            limit.take();
        }
        limit.end(recordsMessages() ? session.messages() : 1);
        if (err.isVerbose()) {
            err.say(
                    Endpoint.of(session.peer())
                            + ": "
                            + session.end().label()
                            + ", "
                            + session.bytesReceived()
                            + " B received, "
                            + session.bytesSent()
                            + " B sent in "
                            + Durations.text(session.duration()));
        }
    }

    @Override
    public void onFailure(Exception failure) {
        if (!(failure instanceof OutputException || failure instanceof SurplusException)) {
            failures.error(failure);
        }
    }
}
