package net.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Measures servers from their first connection on, second by second: each round starts them anew,
 * and exchanges the processors of server and load.
 */
final class CurveMeasures {
    static final String EXCHANGE = "curve exchange";
    static final String ECHO = "curve echo";

    /** Suffixes of a measure: the first two seconds, and those after the fifth. */
    static final String START = " at the start";

    static final String STEADY = " after 5 s";

    static final int CLIENTS = 64;
    private static final int INTERVALS = 12;

    private static final List<String> NAMES =
            List.of(Contenders.NETPAIR, Contenders.C, Contenders.NETTY_EPOLL);

    private final Setup setup;

    CurveMeasures(Setup setup) {
        this.setup = setup;
    }

    void measure() throws IOException, InterruptedException {
        for (int round = 1; round <= setup.rounds(); round++) {
            measure(EXCHANGE, LoadMeasures.EXCHANGE, setup.contenders().greetServers(), round);
            measure(ECHO, LoadMeasures.ECHO, setup.contenders().echoServers(), round);
        }
    }

    private void measure(String measure, String kind, List<Contender> contenders, int round)
            throws IOException, InterruptedException {
        int processor = round % 2 == 1 ? LoadProcess.SERVER : LoadProcess.LOAD;
        for (Contender contender : contenders) {
            if (NAMES.contains(contender.name())) {
                // Waits for the socket without a connection, which would be the first.
                try (ServerProcess server =
                        new ServerProcess(contender, setup.work(), processor).awaitListening()) {
                    setup.curve(kind, server, CLIENTS, setup.seconds(), INTERVALS)
                            .forEach(values -> add(measure, contender.name(), round, values));
                }
            }
        }
    }

    /** Adds the values of one interval, by its second, or of several. */
    private void add(String measure, String contender, int round, Map<String, Double> values) {
        int from = values.get("from").intValue();
        int to = values.get("to").intValue();
        String part = to - from == 1 ? "" : from == 0 ? START : STEADY;
        int load = part.isEmpty() ? to : CLIENTS;
        setup.samples().add(new Sample(measure + part, contender, load, round, values));
    }
}
