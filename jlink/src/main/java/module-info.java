/**
 * Gives the command line of the launchers {@code tcp-server}, {@code tcp-client}, {@code
 * udp-server}, {@code udp-client} and {@code selftest}. It is the main module of the runtime image,
 * and nothing to build on.
 */
module net.launcher {
    requires com.google.gson;
    requires info.picocli;
    requires net.client;
    requires net.server;
    // The socket option that forbids to cut a datagram to pieces, which net.client finds by its
    // name.
    requires jdk.net;
    // sun.misc.Signal: a server drains on SIGTERM and exits with 0, which a shutdown hook cannot
    // do.
    requires jdk.unsupported;
}
