package net.launcher.client;

import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.pipe.Pipe;
import net.client.pipe.PipeException;
import net.client.pipe.PipeResult;
import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.command.value.Durations;
import net.launcher.output.Diagnostics;
import net.launcher.output.Output.OutputException;
import net.protocol.Endpoint;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/** Runs a client as a pipe between standard input and output and the peer. */
final class PipeRun {
    private final PipeOptions options;
    private final Pipe pipe;
    private final Diagnostics err;

    /**
     * Creates a run.
     *
     * @throws IllegalArgumentException if an option is not valid
     */
    PipeRun(PipeOptions options) {
        this.options = options;
        this.pipe = options.pipe();
        this.err = options.invocation().err();
    }

    /** Connects standard input and output, and returns the exit status. */
    int run() throws OutputException {
        return run(new FileInputStream(FileDescriptor.in).getChannel());
    }

    /** Connects the given input and standard output, and returns the exit status. */
    int run(ReadableByteChannel in) throws OutputException {
        Invocation invocation = options.invocation();
        try {
            pipe.run(in, invocation.out().channel());
            return Exit.OK;
        } catch (PipeException e) {
            return failed(e);
        } catch (ExchangeException e) {
            return failed(e);
        } catch (IOException e) {
            err.error(e);
            return Exit.NETWORK;
        } finally {
            if (err.isVerbose()) {
                report();
            }
        }
    }

    private int failed(PipeException failure) throws OutputException {
        IOException cause = (IOException) failure.getCause();
        if (failure.end() == PipeException.End.OUTPUT) {
            throw new OutputException("write to standard output", cause);
        }
        err.error(new OutputException("read from standard input", cause));
        return Exit.USAGE;
    }

    private int failed(ExchangeException failure) {
        if (failure.kind() == Kind.INTERRUPTED) {
            Thread.interrupted();
            return Exit.INTERRUPTED;
        }
        err.error(failure);
        if (failure.kind() != Kind.TIMEOUT) {
            // The hint on timeouts is about exchanges.
            new Hints(err, options.client().transport()).print(failure);
        }
        return RunStatus.of(failure.kind());
    }

    /** Prints the bytes transferred so far, if connected; may be called from any thread. */
    void report() {
        Optional<PipeResult> soFar = pipe.soFar();
        if (soFar.isPresent()) {
            PipeResult result = soFar.get();
            err.print(
                    Endpoint.of(result.local())
                            + " to "
                            + Endpoint.of(result.peer())
                            + ": "
                            + result.bytesSent()
                            + " B sent, "
                            + result.bytesReceived()
                            + " B received in "
                            + Durations.text(result.duration()));
        }
    }
}
