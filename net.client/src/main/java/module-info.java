/**
 * Provides TCP and UDP clients, and measured runs of exchanges with a server.
 *
 * {@snippet :
 * ClientConfig client = ClientConfig.of(endpoint);
 * Exchange one = new TcpClient(client).greet(Message.of("hello sever!"));
 * RunConfig config =
 *         RunConfig.builder(Transport.TCP, Service.GREET, client).count(200).build();
 * RunResult many = new Run(config, RunListener.NONE).run();
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
