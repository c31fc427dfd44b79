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
    // sun.misc.Signal: a server drains on SIGTERM and exits with 0, which a shutdown hook cannot
    // do.
    requires jdk.unsupported;
}
