/**
 * The launchers {@code tcp-server}, {@code tcp-client}, {@code udp-server}, {@code udp-client} and
 * {@code selftest}: the main module of the runtime image. Exports nothing.
 */
module net.launcher {
    requires com.google.gson;
    requires info.picocli;
    requires net.client;
    requires net.server;
    // Of --metrics.
    requires jdk.httpserver;
    // IP_DONTFRAGMENT, which net.client looks up by name.
    requires jdk.net;
    // sun.misc.Signal: a shutdown hook cannot drain on SIGTERM and exit with 0.
    requires jdk.unsupported;
}
