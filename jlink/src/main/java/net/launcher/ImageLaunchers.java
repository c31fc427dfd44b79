package net.launcher;

import net.launcher.selftest.Launchers;
import net.protocol.Transport;

import java.io.OutputStream;
import java.io.PrintStream;

/** The launchers of the image, as {@code selftest} runs them. */
public final class ImageLaunchers implements Launchers {
    @Override
    public int runServer(Transport transport, OutputStream out, PrintStream err, String... args) {
        return switch (transport) {
            case TCP -> new TcpServerLauncher().run(out, err, args);
            case UDP -> new UdpServerLauncher().run(out, err, args);
        };
    }

    @Override
    public int runClient(Transport transport, OutputStream out, PrintStream err, String... args) {
        return switch (transport) {
            case TCP -> new TcpClientLauncher().run(out, err, args);
            case UDP -> new UdpClientLauncher().run(out, err, args);
        };
    }
}
