package net.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Measures exchanges of one peer while many others flood the server, and their throughput. */
final class FloodMeasures {
    /** Prefix of a measure, before the kind of flood. */
    static final String FLOOD = "flood ";

    /** Kinds of floods, as {@code flood.c} describes them. */
    static final List<String> KINDS =
            List.of("receive", "lines", "echo", "discard", "chargen", "greet");

    /** Almost the default limit of netpair. */
    static final int PEERS = 9900;

    private static final List<String> NAMES =
            List.of(Contenders.NETPAIR, Contenders.C, Contenders.NETTY_EPOLL);

    private final Setup setup;

    FloodMeasures(Setup setup) {
        this.setup = setup;
    }

    void measure() throws IOException, InterruptedException {
        for (int round = 1; round <= setup.rounds(); round++) {
            for (String kind : KINDS) {
                for (Contender contender : setup.contenders().floodServers(kind)) {
                    if (NAMES.contains(contender.name())) {
                        measure(kind, contender, round);
                    }
                }
            }
        }
    }

    private void measure(String kind, Contender contender, int round)
            throws IOException, InterruptedException {
        try (ServerProcess server = new ServerProcess(contender, setup.work()).awaitListening()) {
            List<String> command =
                    List.of(
                            setup.contenders().tool("flood"),
                            kind,
                            "" + server.port(),
                            "" + PEERS,
                            "" + setup.seconds(),
                            "" + contender.addresses());
            Map<String, Double> values =
                    Setup.numbers(
                            LoadProcess.output(
                                    LoadProcess.pinned(server.loadProcessor(), command)));
            setup.samples().add(new Sample(FLOOD + kind, contender.name(), 0, round, values));
        }
        // The kernel releases what it buffers for the peers.
        Setup.settle();
    }
}
