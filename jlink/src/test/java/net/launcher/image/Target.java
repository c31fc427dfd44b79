package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A server of the image, and the clients that ask its service. */
record Target(String transport, String service, Launched server) implements AutoCloseable {
    static Target of(String transport, String service) {
        return new Target(
                transport,
                service,
                Launch.of(transport + "-server", "--service", service, "127.0.0.1", "0").start());
    }

    String endpoint() {
        return "127.0.0.1:" + server.port();
    }

    /** A client, patient enough for a busy machine. */
    Launch client(String... args) {
        return Launch.of(transport + "-client", "--service", service, "--timeout", "20s")
                .with(args)
                .with(endpoint());
    }

    /** A client's command line in a shell, with {@code $BIN} for the folder of the launchers. */
    String command(String args) {
        return "\"$BIN\"/%s-client --service %s --timeout 20s %s %s"
                .formatted(transport, service, args, endpoint());
    }

    /** Returns what a client wrote that succeeded. */
    Events events(String... args) {
        ProcessResult ended = client("--format", "json").with(args).run();
        assertEquals(0, ended.status(), ended.toString());
        assertEquals("", ended.err());
        return Events.of(ended.out());
    }

    /** Waits until a client has asked. */
    void awaitPeer() {
        server.port();
        Await.holds(
                "asked",
                () ->
                        !server.signal("USR1")
                                .errLines()
                                .getLast()
                                .matches(".*(:\\d+| from 0 \\w+, .*)"));
    }

    @Override
    public void close() {
        server.close();
    }
}
