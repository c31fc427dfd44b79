package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A server of the image, and its clients. */
record ServerUnderTest(String transport, String service, RunningProcess server)
        implements AutoCloseable {
    static ServerUnderTest of(String transport, String service) {
        return new ServerUnderTest(
                transport,
                service,
                ProcessCommand.of(transport + "-server", "--service", service, "127.0.0.1", "0")
                        .start());
    }

    String endpoint() {
        return "127.0.0.1:" + server.port();
    }

    /** A client with a timeout long enough for a busy machine. */
    ProcessCommand client(String... args) {
        return ProcessCommand.of(transport + "-client", "--service", service, "--timeout", "20s")
                .with(args)
                .with(endpoint());
    }

    /**
     * Returns the command line of a client for a shell, with {@code $BIN} as the folder of
     * launchers.
     */
    String command(String args) {
        return "\"$BIN\"/%s-client --service %s --timeout 20s %s %s"
                .formatted(transport, service, args, endpoint());
    }

    /** Runs a client, which must succeed, and returns its events. */
    EventList events(String... args) {
        ProcessResult ended = client("--format", "json").with(args).run();
        assertEquals(0, ended.status(), ended.toString());
        assertEquals("", ended.err());
        return EventList.of(ended.out());
    }

    /** Waits until the server has received a request. */
    void awaitPeer() {
        server.port();
        Await.holds(
                "request received",
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
