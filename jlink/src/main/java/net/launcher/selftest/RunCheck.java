package net.launcher.selftest;

import net.launcher.command.Exit;
import net.launcher.output.Format;
import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A check of a service other than the default one: a run of a few exchanges, closed-loop in text,
 * at a fixed rate in JSON.
 */
public final class RunCheck {
    private static final int COUNT = 3;
    private static final int WARMUP = 1;
    private static final String LINES = "first\nsecond\n";

    private final Launchers launchers;
    private final Transport transport;
    private final Service service;
    private final String host;
    private final Format format;

    public RunCheck(
            Launchers launchers, Transport transport, Service service, String host, Format format) {
        this.launchers = launchers;
        this.transport = transport;
        this.service = service;
        this.host = host;
        this.format = format;
    }

    /** Runs the exchanges, and returns the duration of the run. */
    public Duration run() throws CheckException, InterruptedException {
        return run(host);
    }

    /**
     * Runs the exchanges with a server on the wildcard address, which must answer from the address
     * of the request.
     */
    public Duration runOnAllAddresses() throws CheckException, InterruptedException {
        return run(Endpoint.ANY_HOST);
    }

    private Duration run(String listenHost) throws CheckException, InterruptedException {
        String listen = new Endpoint(listenHost, 0).toString();
        try (CheckedServer server =
                CheckedServer.start(launchers, transport, "--service", service.label(), listen)) {
            CheckedClient client = new CheckedClient(launchers, transport);
            Duration time = client.run(Exit.OK, args(server.port()));
            String recorded = server.end();
            if (!recorded.equals(recorded())) {
                throw new CheckException("server wrote: " + recorded.strip());
            }
            client.require(isRight(client.out().text()), "client wrote", client.out());
            return time;
        }
    }

    private String[] args(int port) {
        List<String> args = new ArrayList<>();
        args.addAll(List.of("--service", service.label(), "--format", format.toString()));
        args.addAll(List.of("-c", Integer.toString(COUNT), "--fail-if", "ok<" + COUNT));
        if (format == Format.JSON) {
            args.addAll(List.of("--rate", "100", "--warmup", Integer.toString(WARMUP)));
            args.addAll(List.of("--fail-if", "loss > 0%", "--fail-if", "max >= 1m"));
        }
        if (service == Service.RECEIVE) {
            args.addAll(List.of("-m", LINES));
        }
        args.addAll(List.of(host, Integer.toString(port)));
        return args.toArray(new String[0]);
    }

    private String recorded() {
        int exchanges = format == Format.JSON ? COUNT + WARMUP : COUNT;
        return service == Service.RECEIVE ? LINES.repeat(exchanges) : "";
    }

    private boolean isRight(String text) {
        if (format == Format.JSON) {
            return text.startsWith("{\"event\":\"start\"")
                    && text.contains("\"number\":" + COUNT)
                    && text.contains("\"ok\":" + COUNT + ",\"failed\":0,")
                    && text.contains("\"expr\":\"max>=1m\"");
        }
        return text.contains(": exchange " + COUNT + " in ")
                && text.contains("\nexchanges   " + COUNT + " ok, 0 failed, ")
                && text.contains("\nok   ok<" + COUNT + ": ");
    }
}
