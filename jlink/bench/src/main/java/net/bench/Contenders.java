package net.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The servers and clients of each comparison, and their commands. */
final class Contenders {
    static final String NETPAIR = "netpair";
    static final String C = "C epoll";
    static final String IPERF3 = "iperf3";
    static final String NETTY_EPOLL = "Netty epoll";
    static final String NETTY_NIO = "Netty NIO";
    static final String TUTORIAL = "tutorial";
    static final String NCAT = "ncat";
    static final String SOCAT = "socat";
    static final String XINETD = "xinetd";

    /** Python of the distribution, whatever else is on PATH. */
    private static final String PYTHON = "/usr/bin/python3";

    /** Maximum processes of ncat; the others have no limit. */
    private static final String MAX_PROCESSES = "2000";

    private final Path root;
    private final Path work;
    private final Path bin;

    Contenders(Path root, Path work) throws IOException {
        this.root = root;
        this.work = work;
        this.bin = root.resolve("jlink/target/netpair/bin");
        script("greet", "printf 'hello client!'\nexec cat >>" + work.resolve("forked.out") + "\n");
        xinetd("xinetd-greet", "server = " + work.resolve("greet"), "UNLISTED", "bench");
        xinetd("xinetd-echo", "", "INTERNAL UNLISTED", "echo");
    }

    private void script(String name, String body) throws IOException {
        Path script = Files.writeString(work.resolve(name), "#!/bin/sh\n" + body);
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
    }

    private void xinetd(String name, String server, String type, String service)
            throws IOException {
        Files.writeString(
                work.resolve(name),
                """
                service %s
                {
                    type = %s
                    id = %s
                    socket_type = stream
                    protocol = tcp
                    port = @port@
                    wait = no
                    user = root
                    instances = UNLIMITED
                    per_source = UNLIMITED
                    cps = 1000000 1
                    disable = no
                    %s
                }
                """
                        .formatted(service, type, name, server));
    }

    Path bin() {
        return bin;
    }

    String tool(String name) {
        return work.resolve(name).toString();
    }

    String seed(String name) {
        return root.resolve("jlink/src/test/resources/seed/" + name).toString();
    }

    private String own(String name) {
        return bin.resolve(name).toString();
    }

    List<Contender> greetServers() {
        List<Contender> all = new ArrayList<>();
        all.add(netpair());
        all.add(Contender.of(C, List.of(tool("epoll_server"), "greet", "PORT")));
        all.add(netty("epoll", "greet"));
        all.add(netty("nio", "greet"));
        // It listens on one address with a backlog of five, and serves one connection at a time.
        all.add(Contender.simple(TUTORIAL, List.of(PYTHON, seed("tcp_server.py"), "PORT")));
        all.addAll(forking(tool("greet"), "xinetd-greet"));
        return all;
    }

    List<Contender> echoServers() {
        List<Contender> all = new ArrayList<>();
        all.add(netpair("--service=echo"));
        all.add(Contender.of(C, List.of(tool("epoll_server"), "echo", "PORT")));
        all.add(netty("epoll", "echo"));
        all.add(netty("nio", "echo"));
        all.addAll(forking("/bin/cat", "xinetd-echo"));
        return all;
    }

    /** Returns the servers of a kind of flood. Only netpair has all services. */
    List<Contender> floodServers(String kind) {
        return switch (kind) {
            case "echo" -> echoServers();
            case "greet" -> greetServers();
            case "lines" -> List.of(netpair("--service=receive", "--output=/dev/null"));
            default -> List.of(netpair("--service=" + kind));
        };
    }

    private Contender netpair(String... options) {
        List<String> command = new ArrayList<>(List.of(own("tcp-server")));
        command.addAll(List.of(options));
        command.add("0.0.0.0:PORT");
        return Contender.of(NETPAIR, command);
    }

    private static Contender netty(String kind, String service) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Contender.of(
                kind.equals("epoll") ? NETTY_EPOLL : NETTY_NIO,
                List.of(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        NettyServer.class.getName(),
                        kind,
                        service,
                        "PORT"));
    }

    private List<Contender> forking(String program, String config) {
        return List.of(
                Contender.forking(
                        NCAT,
                        List.of(
                                "ncat",
                                "-4",
                                "-lk",
                                "-m",
                                MAX_PROCESSES,
                                "-e",
                                program,
                                "0.0.0.0",
                                "PORT")),
                Contender.forking(
                        SOCAT,
                        List.of(
                                "socat",
                                "TCP4-LISTEN:PORT,fork,reuseaddr,backlog=4096",
                                "EXEC:" + program)),
                Contender.forking(XINETD, List.of("sh", "-c", xinetd(tool(config)), "PORT")));
    }

    private static String xinetd(String config) {
        return "sed s/@port@/$0/ "
                + config
                + " >"
                + config
                + ".$0 && exec xinetd -dontfork -f "
                + config
                + ".$0";
    }

    List<Contender> udpRecorders() {
        return List.of(
                Contender.simple(NETPAIR, List.of(own("udp-server"), "127.0.0.1:PORT")),
                Contender.simple(C, List.of(tool("epoll_server"), "receive", "PORT")),
                Contender.simple(TUTORIAL, List.of(PYTHON, seed("udp_server.py"), "PORT")),
                Contender.simple(SOCAT, List.of("socat", "-u", "UDP4-RECV:PORT", "STDOUT")));
    }

    List<Contender> udpReflectors() {
        return List.of(
                Contender.simple(
                        NETPAIR, List.of(own("udp-server"), "--service=echo", "127.0.0.1:PORT")),
                Contender.simple(C, List.of(tool("epoll_server"), "reflect", "PORT")));
    }

    /** Returns the commands that run one exchange with a greet server, by program. */
    Map<String, List<String>> clients(int port) {
        String text = String.valueOf(port);
        Map<String, List<String>> clients = new LinkedHashMap<>();
        clients.put(NETPAIR, List.of(own("tcp-client"), "127.0.0.1:" + text));
        clients.put(TUTORIAL, List.of(PYTHON, seed("tcp_client.py"), text));
        clients.put(NCAT, List.of("sh", "-c", "echo hello sever! | ncat -4 127.0.0.1 " + text));
        clients.put("nc", List.of("sh", "-c", "echo hello sever! | nc -N 127.0.0.1 " + text));
        return clients;
    }
}
