/**
 * Defines servers that greet, take messages and tell a listener of each.
 *
 * {@snippet :
 * BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
 * Endpoint endpoint = new Endpoint("localhost", 0);
 * try (TcpServer server = TcpServer.start(endpoint, got -> messages.add(got.message()))) {
 *     connectTo(server.local());
 *     assertEquals(Message.of("hello sever!"), messages.poll(5, TimeUnit.SECONDS));
 * }
 * }
 */
module net.server {
    requires transitive net.protocol;

    exports net.server;
}
