/**
 * Defines servers that greet, take messages and tell a listener of each.
 *
 * {@snippet :
 * Endpoint endpoint = new Endpoint("localhost", 0);
 * try (TcpServer server = TcpServer.start(endpoint, message -> queue.add(message.message()))) {
 *     connectTo(server.local());
 *     assertEquals(Message.of("hello sever!"), queue.poll(5, TimeUnit.SECONDS));
 * }
 * }
 */
module net.server {
    requires transitive net.protocol;

    exports net.server;
}
