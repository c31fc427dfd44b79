package net.launcher.selftest;

import net.protocol.Transport;

import java.io.OutputStream;
import java.io.PrintStream;

/** Runs the servers and clients under test. Each call returns the exit status of a launcher. */
public interface Launchers {
    /** Runs the server of a transport until the thread is interrupted. */
    int runServer(Transport transport, OutputStream out, PrintStream err, String... args);

    /** Runs the client of a transport to its end. */
    int runClient(Transport transport, OutputStream out, PrintStream err, String... args);
}
