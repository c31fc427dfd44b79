package net.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures servers under load; each round measures every contender once. */
final class LoadMeasures {
    static final String EXCHANGE = "exchange";
    static final String ECHO = "echo";
    static final String RECORD = "record";
    static final String REFLECT = "reflect";

    private static final List<Integer> FLIGHTS = List.of(1, 64);

    /** Concurrent clients of the warm-up, which takes as long as several measurements. */
    private static final int WARM_CLIENTS = 64;

    private static final double WARM_MEASUREMENTS = 3;
    private static final int DATAGRAM_BYTES = 64;

    private final Setup setup;

    LoadMeasures(Setup setup) {
        this.setup = setup;
    }

    /** Measures exchanges and echo round trips per second, for each number of clients. */
    void tcp() throws IOException, InterruptedException {
        load(EXCHANGE, setup.contenders().greetServers());
        load(ECHO, setup.contenders().echoServers());
    }

    private void load(String measure, List<Contender> contenders)
            throws IOException, InterruptedException {
        Map<Contender, ServerProcess> servers = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                if (!contender.isFresh()) {
                    ServerProcess server = new ServerProcess(contender, setup.work()).awaitTcp();
                    servers.put(contender, server);
                    setup.load(measure, server, warmClients(contender), warmSeconds());
                }
            }
            for (int clients : Contender.ALL_LOADS) {
                for (int round = 1; round <= setup.rounds(); round++) {
                    for (Contender contender : rotated(contenders, round)) {
                        if (!contender.loads().contains(clients)) {
                            continue;
                        }
                        ServerProcess server = servers.get(contender);
                        if (server == null) {
                            sampleFresh(measure, contender, clients, round);
                        } else {
                            sample(measure, server, clients, round);
                        }
                    }
                }
            }
        } finally {
            servers.values().forEach(ServerProcess::close);
        }
    }

    /** Rotates the order each round, since a contender may slow down the next one. */
    private static List<Contender> rotated(List<Contender> contenders, int round) {
        List<Contender> rotated = new ArrayList<>(contenders);
        Collections.rotate(rotated, 1 - round);
        return rotated;
    }

    private static int warmClients(Contender contender) {
        return contender.loads().contains(WARM_CLIENTS) ? WARM_CLIENTS : 1;
    }

    private double warmSeconds() {
        return WARM_MEASUREMENTS * setup.seconds();
    }

    /** Measures a restarted server; if it fails under the load, the cell stays empty. */
    private void sampleFresh(String measure, Contender contender, int clients, int round)
            throws InterruptedException {
        try (ServerProcess fresh = new ServerProcess(contender, setup.work()).awaitTcp()) {
            sample(measure, fresh, clients, round);
        } catch (IOException e) {
            System.err.println(contender.name() + " at " + clients + " clients: " + e.getMessage());
        }
        // Its child processes must end first.
        Setup.settle();
    }

    private void sample(String measure, ServerProcess server, int count, int round)
            throws IOException, InterruptedException {
        double cpu = server.cpuSeconds();
        Map<String, Double> values = setup.load(measure, server, count, setup.seconds());
        values.put("cpu_seconds", server.cpuSeconds() - cpu);
        setup.samples().add(new Sample(measure, server.contender().name(), count, round, values));
    }

    /** Measures datagrams recorded per second at the maximum send rate, and round trips. */
    void udp() throws IOException, InterruptedException {
        for (int round = 1; round <= setup.rounds(); round++) {
            for (Contender contender : setup.contenders().udpRecorders()) {
                record(contender, round);
            }
        }
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (Contender contender : setup.contenders().udpReflectors()) {
                servers.add(new ServerProcess(contender, setup.work()).awaitUdp());
            }
            for (ServerProcess server : servers) {
                setup.load(REFLECT, server, WARM_CLIENTS, warmSeconds());
            }
            for (int flight : FLIGHTS) {
                for (int round = 1; round <= setup.rounds(); round++) {
                    for (ServerProcess server : servers) {
                        sample(REFLECT, server, flight, round);
                    }
                }
            }
        } finally {
            servers.forEach(ServerProcess::close);
        }
    }

    private void record(Contender contender, int round) throws IOException, InterruptedException {
        try (ServerProcess server = new ServerProcess(contender, setup.work()).awaitUdp()) {
            setup.load("send", server, 0, setup.seconds());
            Setup.settle();
            long before = datagrams(server.out());
            double cpu = server.cpuSeconds();
            Map<String, Double> values = setup.load("send", server, 0, setup.seconds());
            Setup.settle();
            double recorded = datagrams(server.out()) - before;
            Map<String, Double> found = new LinkedHashMap<>();
            found.put("sent_per_second", values.get("per_second"));
            found.put("per_second", recorded / values.get("seconds"));
            found.put("cpu_seconds_per_million", (server.cpuSeconds() - cpu) / recorded * 1e6);
            setup.samples().add(new Sample(RECORD, contender.name(), 0, round, found));
        }
    }

    /** Counts records by their payload bytes, which all formats contain. */
    private static long datagrams(Path out) throws IOException {
        long payload = 0;
        byte[] bytes = new byte[64 * 1024];
        try (var in = Files.newInputStream(out)) {
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    payload += bytes[i] == 'x' ? 1 : 0;
                }
            }
        }
        return payload / DATAGRAM_BYTES;
    }
}
