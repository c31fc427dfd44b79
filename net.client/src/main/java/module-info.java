/**
 * Defines clients that take part in one exchange with a server and say how it went.
 *
 * {@snippet :
 * TcpClient client = new TcpClient(ClientConfig.of(endpoint));
 * Exchange exchange = client.greet(Message.of("hello sever!"));
 * System.out.println(exchange.answer().text().orElse("?") + " in " + exchange.duration());
 * }
 */
module net.client {
    requires transitive net.protocol;

    exports net.client;
}
