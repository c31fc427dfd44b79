package net.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures start-up times, memory and size. */
final class FootprintMeasures {
    static final String CLIENT = "start client";
    static final String SERVER = "start server";
    static final String MEMORY = "memory";
    static final String SIZE = "size";

    private static final List<Integer> HELD = List.of(1000, 5000, 10_000);

    /** Starts per round; a start is short, so there are more of them. */
    private static final int STARTS_PER_ROUND = 4;

    private final Setup setup;

    FootprintMeasures(Setup setup) {
        this.setup = setup;
    }

    /** Measures the time from exec to the exit of a client, and to the first answer of a server. */
    void start() throws IOException, InterruptedException {
        int times = STARTS_PER_ROUND * setup.rounds();
        try (ServerProcess greeter =
                new ServerProcess(
                                Contender.of(
                                        "greeter",
                                        List.of(
                                                setup.contenders().tool("epoll_server"),
                                                "greet",
                                                "PORT")),
                                setup.work())
                        .awaitTcp()) {
            Map<String, List<String>> clients = setup.contenders().clients(greeter.port());
            for (int round = 0; round <= times; round++) {
                for (Map.Entry<String, List<String>> client : clients.entrySet()) {
                    List<String> command = spawn("exit");
                    command.addAll(client.getValue());
                    started(CLIENT, client.getKey(), round, command);
                }
            }
        }
        for (int round = 0; round <= times; round++) {
            for (Contender contender : setup.contenders().greetServers()) {
                int port = ServerProcess.freePort();
                List<String> command = spawn("answer");
                command.add("" + port);
                contender.command().forEach(word -> command.add(word.replace("PORT", "" + port)));
                started(SERVER, contender.name(), round, command);
            }
        }
    }

    private List<String> spawn(String kind) {
        return new ArrayList<>(List.of(setup.contenders().tool("spawn"), kind));
    }

    /** Adds a sample, except for round 0, the warm-up. */
    private void started(String measure, String contender, int round, List<String> command)
            throws IOException, InterruptedException {
        String error = LoadProcess.error(command);
        double nanos = Double.parseDouble(error.substring(error.lastIndexOf('\n') + 1));
        if (round > 0) {
            setup.samples().add(new Sample(measure, contender, 0, round, Map.of("time_ns", nanos)));
        }
    }

    /** Measures resident memory, without connections and per idle connection. */
    void memory() throws IOException, InterruptedException {
        for (int round = 1; round <= Math.min(setup.rounds(), 3); round++) {
            for (Contender contender : setup.contenders().echoServers()) {
                if (!contender.isFresh()) {
                    for (int count : HELD) {
                        hold(contender, count, round);
                    }
                }
            }
        }
    }

    private void hold(Contender contender, int count, int round)
            throws IOException, InterruptedException {
        try (ServerProcess server = new ServerProcess(contender, setup.work()).awaitTcp()) {
            Setup.settle();
            double idle = server.residentBytes();
            Process load =
                    new ProcessBuilder(
                                    setup.contenders().tool("load"),
                                    "hold",
                                    "" + server.port(),
                                    "" + count,
                                    "0",
                                    "" + contender.addresses())
                            .start();
            try (var out = load.inputReader(StandardCharsets.UTF_8)) {
                if (out.readLine() == null) {
                    throw new IOException(
                            contender.name() + " does not accept " + count + " clients");
                }
                Setup.settle();
                double resident = server.residentBytes();
                Map<String, Double> values = new LinkedHashMap<>();
                values.put("idle_bytes", idle);
                values.put("resident_bytes", resident);
                values.put("bytes_per_connection", (resident - idle) / count);
                setup.samples().add(new Sample(MEMORY, contender.name(), count, round, values));
            } finally {
                load.destroyForcibly().waitFor();
            }
        }
    }

    /** Measures the size of the archive and of the image. */
    void size(Path root) throws IOException {
        double folder = 0;
        try (var files = Files.walk(root.resolve("jlink/target/netpair"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                folder += Files.size(file);
            }
        }
        try (var files = Files.list(root.resolve("jlink/target"))) {
            Path archive =
                    files.filter(file -> file.toString().endsWith(".tar.gz"))
                            .findFirst()
                            .orElseThrow();
            setup.samples()
                    .add(
                            new Sample(
                                    SIZE,
                                    Contenders.NETPAIR,
                                    0,
                                    1,
                                    Map.of(
                                            "archive_bytes",
                                            (double) Files.size(archive),
                                            "folder_bytes",
                                            folder)));
        }
    }
}
