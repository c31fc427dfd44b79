package net.launcher.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Three hosts, which serve and measure each other, and a fourth that monitors them. A cable
 * connects each two of them; its interfaces are named after its ends.
 */
final class Mesh implements AutoCloseable {
    static final List<String> NAMES = List.of("a", "b", "c");

    private static final List<String> CABLES = List.of("a-b", "a-c", "b-c");
    private static final String MONITOR = "monitor";

    private static final List<String> TCP_PORTS = List.of("greet=:8888", "echo=:7007");
    private static final List<String> UDP_PORTS = List.of("echo=:7007", "stamp=:8862");

    /** Metrics endpoints on all addresses, since the monitor has another one than the peers. */
    private static final String METRICS = "0.0.0.0:";

    private static final List<String> SERVER_METRICS = List.of("9464", "9465");
    private static final List<String> CLIENT_METRICS = List.of("9466", "9467");

    private static final String[] SCHEDULE = {"-i", "100ms", "--timeout", "1s", "--quiet"};

    private final Path folder;
    private final NetworkNamespace monitor = NetworkNamespace.start();
    private final Map<String, NetworkNamespace> hosts = new LinkedHashMap<>();
    private final Map<String, List<RunningProcess>> processes = new LinkedHashMap<>();

    private Mesh(Path folder) {
        this.folder = folder;
    }

    /** Starts the hosts, their servers and their clients; the folder is for their files. */
    static Mesh start(Path folder) {
        Mesh mesh = new Mesh(folder);
        try {
            mesh.connect();
            NAMES.forEach(mesh::serve);
            NAMES.forEach(mesh::measure);
            return mesh;
        } catch (RuntimeException | Error e) {
            mesh.close();
            throw e;
        }
    }

    private void connect() {
        Map<String, String> known = new LinkedHashMap<>();
        for (String name : NAMES) {
            String cable = MONITOR + "-" + name;
            String network = "10.9." + NAMES.indexOf(name) + ".";
            hosts.put(name, monitor.join(cable));
            monitor.with(cable, network + "254/24");
            hosts.get(name).with(cable, network + "1/24");
            known.merge(MONITOR, network + "1 " + name + "\n", String::concat);
        }
        for (String cable : CABLES) {
            String[] ends = cable.split("-");
            hosts.get(ends[0]).cable(cable, hosts.get(ends[1]));
            String network = "10.1." + CABLES.indexOf(cable) + ".";
            for (int i = 0; i < 2; i++) {
                hosts.get(ends[i]).with(cable, network + (i + 1) + "/24");
                String peer = network + (2 - i) + " " + ends[1 - i] + "\n";
                known.merge(ends[i], peer, String::concat);
            }
        }
        known.forEach(this::name);
    }

    /** Replaces the file of names on a host. */
    private void name(String host, String names) {
        try {
            Path file = Files.writeString(folder.resolve(host + "-hosts"), names);
            NetworkNamespace at = hosts.getOrDefault(host, monitor);
            at.need("mount --bind '" + file + "' /etc/hosts");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(String name) {
        List<RunningProcess> servers = processes.computeIfAbsent(name, any -> new ArrayList<>());
        servers.add(
                hosts.get(name)
                        .launch("tcp-server", "--metrics", METRICS + SERVER_METRICS.get(0))
                        .with(TCP_PORTS.toArray(String[]::new))
                        .start());
        servers.add(
                hosts.get(name)
                        .launch("udp-server", "--metrics", METRICS + SERVER_METRICS.get(1))
                        .with(UDP_PORTS.toArray(String[]::new))
                        .start());
        servers.forEach(RunningProcess::port);
    }

    private void measure(String name) {
        String[] peers = NAMES.stream().filter(peer -> !peer.equals(name)).toArray(String[]::new);
        ProcessCommand tcp = hosts.get(name).launch("tcp-client", "--service", "echo");
        tcp.with("--connect-timeout", "1s");
        ProcessCommand udp = hosts.get(name).launch("udp-client", "--service", "stamp");
        tcp.with("--metrics", METRICS + CLIENT_METRICS.get(0)).with(SCHEDULE);
        udp.with("--metrics", METRICS + CLIENT_METRICS.get(1)).with(SCHEDULE);
        for (String peer : peers) {
            tcp.with(peer + ":7007");
            udp.with(peer + ":8862");
        }
        for (ProcessCommand client : List.of(tcp, udp)) {
            RunningProcess process = client.start();
            processes.get(name).add(process);
            process.awaitErr("metrics on ");
        }
    }

    NetworkNamespace monitor() {
        return monitor;
    }

    NetworkNamespace host(String name) {
        return hosts.get(name);
    }

    /** Returns the servers and the clients of a host. */
    List<RunningProcess> processes(String name) {
        return processes.get(name);
    }

    /** Returns the metrics endpoints of all clients. */
    static List<String> clients() {
        return endpoints(CLIENT_METRICS);
    }

    /** Returns the metrics endpoints of all servers. */
    static List<String> servers() {
        return endpoints(SERVER_METRICS);
    }

    private static List<String> endpoints(List<String> ports) {
        return NAMES.stream()
                .flatMap(name -> ports.stream().map(port -> name + ":" + port))
                .toList();
    }

    /** Takes a host from the network, as a loss of power does, and kills its processes. */
    void kill(String name) {
        NetworkNamespace host = hosts.get(name);
        host.sh("ip link set " + MONITOR + "-" + name + " down");
        for (String cable : CABLES) {
            if (cable.contains(name)) {
                host.sh("ip link set " + cable + " down");
            }
        }
        processes.get(name).forEach(RunningProcess::close);
    }

    @Override
    public void close() {
        processes.values().forEach(all -> all.forEach(RunningProcess::close));
        hosts.values().forEach(NetworkNamespace::close);
        monitor.close();
    }
}
