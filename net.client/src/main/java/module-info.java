/**
 * Defines clients that take part in exchanges with a server and measure them.
 *
 * {@snippet :
 * ClientConfig client = ClientConfig.of(endpoint);
 * Exchange one = new TcpClient(client).greet(Message.of("hello sever!"));
 * RunConfig config = RunConfig.of(Transport.TCP, Service.GREET, client);
 * RunResult many = new Run(config.toBuilder().count(200).build(), RunListener.NONE).run();
 * System.out.println(one.duration() + ", then p99 " + many.time().p99() + " ns");
 * }
 */
module net.client {
    requires transitive net.protocol;

    exports net.client;
    exports net.client.connect;
    exports net.client.measure;
    exports net.client.pipe;
    exports net.client.run;
}
