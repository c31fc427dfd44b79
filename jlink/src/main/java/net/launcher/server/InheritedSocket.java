package net.launcher.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The listening socket that a service manager passes as standard input. It is never closed, since
 * that would redirect the standard streams to {@code /dev/null} before the summary is printed.
 */
final class InheritedSocket {
    private static final String REQUIRED =
            ServerOptions.INHERITED + " requires a listening TCP socket as standard input";

    private InheritedSocket() {}

    /**
     * Returns the socket.
     *
     * @param writesResults whether results are written to standard output
     * @throws IllegalArgumentException if standard input is not a listening TCP socket, or output
     *     would be written to it
     */
    static ServerSocketChannel open(boolean writesResults) {
        ServerSocketChannel channel = listening();
        require(
                !writesResults || !isStandardInput(1),
                "standard output must not be the inherited socket: set StandardOutput=journal in"
                        + " the unit, or give --output FILE");
        require(
                !isStandardInput(2),
                "standard error must not be the inherited socket: set StandardError=journal in the"
                        + " unit");
        return channel;
    }

    private static ServerSocketChannel listening() {
        try {
            Channel channel = System.inheritedChannel();
            require(channel != null, REQUIRED + missing());
            require(
                    !(channel instanceof DatagramChannel),
                    REQUIRED + ", not a datagram socket: set ListenStream= in the socket unit");
            if (!(channel instanceof ServerSocketChannel listening)) {
                throw new IllegalArgumentException(
                        REQUIRED + ", not a connection: set Accept=no in the socket unit");
            }
            require(
                    listening.getLocalAddress() instanceof InetSocketAddress,
                    REQUIRED + ", not a Unix socket: set ListenStream=PORT in the socket unit");
            return listening;
        } catch (IOException e) {
            throw new IllegalArgumentException(REQUIRED + ": " + e.getMessage(), e);
        }
    }

    private static String missing() {
        boolean isElsewhere = System.getenv("LISTEN_FDS") != null;
        return (isElsewhere ? ", not as descriptor 3" : "")
                + ": set StandardInput=socket in the unit";
    }

    /** Returns whether a descriptor is the same socket as standard input; false without /proc. */
    private static boolean isStandardInput(int descriptor) {
        try {
            return link(0).equals(link(descriptor));
        } catch (IOException expected) {
            return false;
        }
    }

    private static Path link(int descriptor) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
