package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A separate host: Linux namespaces for network and mounts, held by a process that ends on close or
 * at the end of its input, so that nothing is left behind, however the tests end.
 */
final class NetworkNamespace implements AutoCloseable {
    /** The name of the interface at each end of a cable. */
    static final String INTERFACE = "net0";

    private static final String[] AS_ROOT = {"--net", "--mount"};
    private static final String[] AS_ANYBODY = {"--user", "--map-root-user", "--net", "--mount"};

    private final RunningProcess holder;
    private final List<String> enter;

    private NetworkNamespace(ProcessCommand unshare, List<String> namespaces) {
        holder = unshare.with("sh", "-c", "echo held; exec cat").start();
        holder.awaitOut("held");
        enter = new ArrayList<>(List.of("--target", pid()));
        enter.addAll(namespaces);
    }

    /** Starts a host with a loopback interface only, or skips the test if not permitted. */
    static NetworkNamespace start() {
        Assume.success("ip", "-Version");
        Assume.success("unshare", "--version");
        Assume.success("nsenter", "--version");
        Assume.success("python3", "-c", "import socket");
        boolean isRoot =
                ProcessCommand.at(Path.of("unshare"), AS_ROOT).with("true").run().status() == 0;
        NetworkNamespace host;
        if (isRoot) {
            host =
                    new NetworkNamespace(
                            ProcessCommand.at(Path.of("unshare"), AS_ROOT), List.of(AS_ROOT));
        } else {
            Assume.success("unshare", "--user", "--map-root-user", "--net", "--mount", "true");
            host =
                    new NetworkNamespace(
                            ProcessCommand.at(Path.of("unshare"), AS_ANYBODY),
                            List.of("--user", "--preserve-credentials", "--net", "--mount"));
        }
        host.sh("ip link set lo up");
        return host;
    }

    /** Starts another host, connected by a cable. */
    NetworkNamespace join() {
        return join(INTERFACE);
    }

    /** Starts another host, connected by a cable, with interfaces of this name. */
    NetworkNamespace join(String name) {
        NetworkNamespace other =
                new NetworkNamespace(
                        at("unshare").with("--net", "--mount"), enter.subList(2, enter.size()));
        other.sh("ip link set lo up");
        cable(name, other);
        return other;
    }

    /** Connects two hosts by a virtual cable, with interfaces of this name without addresses. */
    void cable(String name, NetworkNamespace other) {
        need("ip link add " + name + " type veth peer name " + name + " netns " + other.pid());
        for (NetworkNamespace host : List.of(this, other)) {
            host.sh("ip link set " + name + " addrgenmode none up");
        }
    }

    private String pid() {
        return Long.toString(holder.process().pid());
    }

    /** Adds addresses, each with its prefix length, to an interface. */
    NetworkNamespace with(String name, String... addresses) {
        for (String address : addresses) {
            String kind = address.contains(":") ? " nodad" : " broadcast +";
            sh("ip address add " + address + " dev " + name + kind);
        }
        return this;
    }

    /** Returns a command on this host. */
    ProcessCommand at(String program) {
        return ProcessCommand.at(Path.of("nsenter"), enter.toArray(String[]::new)).with(program);
    }

    /** Returns a launcher of the built image, to run on this host. */
    ProcessCommand launch(String launcher, String... args) {
        return at(ProcessCommand.IMAGE.resolve("bin", launcher).toString()).with(args);
    }

    /** Returns a shell script, to run on this host. */
    ProcessCommand script(String script) {
        return at("sh").with("-c", script);
    }

    /** Starts a UDP echo server. */
    RunningProcess echo(String... args) {
        return launch("udp-server", "--service", "echo").with(args).start();
    }

    /** Returns one of the Python peers in the test resources. */
    ProcessCommand python(String peer, Object... args) {
        try {
            String file =
                    Path.of(NetworkNamespace.class.getResource("/peers/" + peer).toURI())
                            .toString();
            ProcessCommand launch = at("python3").with("-u", file);
            for (Object arg : args) {
                launch.with(arg.toString());
            }
            return launch;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a Python peer, which must succeed, and returns its output lines. */
    List<String> run(String peer, Object... args) {
        return succeed(python(peer, args)).lines().toList();
    }

    /** Runs a script, which must succeed, and returns its output. */
    String sh(String script) {
        return succeed(script(script));
    }

    /** Runs a script, or skips the test if not permitted. */
    void need(String script) {
        List<String> args = new ArrayList<>(enter);
        args.addAll(List.of("sh", "-c", script));
        Assume.success("nsenter", args.toArray(String[]::new));
    }

    private static String succeed(ProcessCommand launch) {
        ProcessResult ended = launch.run();
        assertEquals(0, ended.status(), ended.toString());
        return ended.out();
    }

    @Override
    public void close() {
        holder.close();
    }
}
