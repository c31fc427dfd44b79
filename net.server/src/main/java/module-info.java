/**
 * Provides TCP and UDP servers with built-in and user-written services.
 *
 * {@snippet :
 * RecordingListener inbox = new RecordingListener();
 * try (TcpServer server = TcpServer.start(new Endpoint("localhost", 0), inbox)) {
 *     sendTo(server.endpoint());
 *     ReceivedMessage first = inbox.await(1, Duration.ofSeconds(5));
 *     assertEquals(Message.of("hello sever!"), first.message());
 * }
 * }
 */
module net.server {
    requires transitive net.protocol;

    exports net.server;
    exports net.server.access;
}
