package net.launcher.client;

import static net.launcher.command.OptionGroup.LOAD;

import net.client.connect.ClientConfig;
import net.client.run.RunConfig;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.command.Invocation;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of runs that measure latency under load. */
record LoadOptions(Invocation invocation, ClientConfig client) {
    /** Default rate in exchanges per second. */
    static final int RATE = 100;

    /** Default duration, without and with the load each. */
    static final Duration DURATION = Duration.ofSeconds(5);

    static void add(Transport transport, Command command) {
        CommandOption load = command.option(LOAD, "N", ClientModes.LOAD);
        if (transport == Transport.TCP) {
            load.excludes(ClientModes.BULK);
        }
        load.requires(answered(transport))
                .excludes(ClientModes.PROBE_SIZE)
                .summary("measure idle latency, then latency under N connections")
                .description(
                        "Measure latency idle, then under a load of N TCP connections; by default"
                                + " --rate "
                                + RATE
                                + " -t "
                                + DURATION.toSeconds()
                                + "s each.");
        command.option(LOAD, "NAME", "--load-service")
                .values(
                        List.of(
                                Service.ECHO.label(),
                                Service.DISCARD.label(),
                                Service.CHARGEN.label()))
                .requires(ClientModes.LOAD)
                .description(
                        "Service that generates the load: echo, discard or chargen (default:"
                                + " echo).");
        command.option(LOAD, "ENDPOINT", "--load-to")
                .requires(ClientModes.LOAD)
                .description("Server that receives the load (default: that of the run).");
    }

    private static Service[] answered(Transport transport) {
        return switch (transport) {
            case TCP -> new Service[] {Service.GREET, Service.ECHO, Service.RECEIVE};
            case UDP -> new Service[] {Service.ECHO, Service.STAMP};
        };
    }

    /** Returns the load, or empty if the option is not given. */
    Optional<RunConfig> load() {
        if (!ClientModes.hasLoad(invocation)) {
            return Optional.empty();
        }
        int connections = (int) invocation.count(ClientModes.LOAD, 1, RunConfig.MAX_PARALLEL);
        boolean hasPort =
                client.socket().source().isPresent()
                        && client.socket().source().get().getPort() > 0;
        if (hasPort) {
            throw new IllegalArgumentException(
                    "--source must not have a port with --load: "
                            + invocation.value("--source").orElseThrow());
        }
        ClientConfig target = client.toBuilder().endpoint(endpoint()).build();
        return Optional.of(
                RunConfig.builder(Transport.TCP, service(), target)
                        .bulk()
                        .endless()
                        .parallel(connections)
                        .build());
    }

    private Endpoint endpoint() {
        Optional<String> text = invocation.value("--load-to");
        return text.isPresent()
                ? Endpoint.parse(text.get(), client.endpoint().port())
                : client.endpoint();
    }

    private Service service() {
        Optional<String> name = invocation.value("--load-service");
        return name.isPresent() ? Invocation.serviceNamed(name.get()) : Service.ECHO;
    }
}
