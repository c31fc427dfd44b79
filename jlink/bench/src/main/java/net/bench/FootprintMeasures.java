package net.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures memory and size. */
final class FootprintMeasures {
    static final String MEMORY = "memory";
    static final String SIZE = "size";

    private static final List<Integer> HELD = List.of(1000, 5000, 10_000);

    private final Setup setup;

    FootprintMeasures(Setup setup) {
        this.setup = setup;
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
