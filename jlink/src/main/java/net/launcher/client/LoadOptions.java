package net.launcher.client;

import net.client.connect.ClientConfig;
import net.client.run.RunConfig;
import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of runs that are measured beside a load. */
record LoadOptions(Invocation invocation, ClientConfig client) {
    /** How often is measured, and for how long, unless told otherwise. */
    static final int RATE = 100;

    static final Duration DURATION = Duration.ofSeconds(5);

    private static final List<Service> SERVICES =
            List.of(Service.ECHO, Service.DISCARD, Service.CHARGEN);

    static void add(Command command) {
        command.option(
                "N",
                "Measure without a load, then beside so many TCP connections that move as much as"
                        + " they can, and show the difference: what waits in buffers on the way"
                        + " (default schedule: --rate "
                        + RATE
                        + " -t "
                        + DURATION.toSeconds()
                        + "s each time).",
                "--load");
        command.option(
                "NAME",
                "What the load asks: echo, discard or chargen (default: echo).",
                "--load-service");
        command.option(
                "ENDPOINT", "Where the load connects (default: where the run does).", "--load-to");
    }

    boolean isAsked() {
        return invocation.has("--load");
    }

    /** Returns the load, if one is asked for. */
    Optional<RunConfig> load() {
        if (!isAsked()) {
            requireNone("--load-service");
            requireNone("--load-to");
            return Optional.empty();
        }
        int connections = (int) invocation.count("--load", 1, RunConfig.MAX_PARALLEL);
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
        for (Service service : SERVICES) {
            if (service.label().equals(name.orElse(Service.ECHO.label()))) {
                return service;
            }
        }
        throw new IllegalArgumentException(
                "--load-service must be echo, discard or chargen: " + name.orElseThrow());
    }

    private void requireNone(String option) {
        Optional<String> value = invocation.value(option);
        if (value.isPresent()) {
            throw new IllegalArgumentException(
                    option + " must be used with --load: " + value.get());
        }
    }
}
