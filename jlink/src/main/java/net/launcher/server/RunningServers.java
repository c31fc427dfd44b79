package net.launcher.server;

import net.protocol.Service;
import net.server.Server;
import net.server.ServerListener;
import net.server.ServerStats;
import net.server.UdpServer;
import net.server.access.AddressFilter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers of a run, one per service, in the order of the services. */
final class RunningServers implements AutoCloseable {
    /** Returns the listener of a server. */
    @FunctionalInterface
    interface Listeners {
        /**
         * Returns a listener that calls an action once: when the sockets are bound, before the
         * first ready line and the first accept.
         */
        ServerListener of(Service service, BoundAction onBound);
    }

    /** An action that can fail the start. */
    @FunctionalInterface
    interface BoundAction {
        void run() throws IOException;
    }

    private final Map<Service, Server> servers = new LinkedHashMap<>();

    private RunningServers() {}

    /** Starts all servers, or none. None accepts before all are bound. */
    static RunningServers start(
            List<Service> services,
            ServerRun.Starter starter,
            Listeners listeners,
            AddressFilter filter)
            throws IOException {
        RunningServers running = new RunningServers();
        try {
            running.startUpTo(services.size() - 1, services, starter, listeners, filter);
            running.excludeOwnPorts();
            return running;
        } catch (Throwable e) {
            // No connection gets the time to end.
            Thread.currentThread().interrupt();
            running.close();
            Thread.interrupted();
            throw e;
        }
    }

    /** Starts a server and those before it: once it is bound, and before it is ready. */
    private void startUpTo(
            int last,
            List<Service> services,
            ServerRun.Starter starter,
            Listeners listeners,
            AddressFilter filter)
            throws IOException {
        Service service = services.get(last);
        BoundAction startOthers =
                () -> {
                    if (last > 0) {
                        startUpTo(last - 1, services, starter, listeners, filter);
                    }
                };
        servers.put(service, starter.start(service, listeners.of(service, startOthers), filter));
    }

    /** Prevents answers of UDP servers to each other, which would loop. */
    private void excludeOwnPorts() {
        if (servers.size() == 1) {
            return;
        }
        Set<Integer> ports = new HashSet<>();
        for (Server server : servers.values()) {
            for (InetSocketAddress local : server.locals()) {
                ports.add(local.getPort());
            }
        }
        for (Server server : servers.values()) {
            if (server instanceof UdpServer udp) {
                udp.addOwnPorts(ports);
            }
        }
    }

    /** Replaces the filter of peers, for all at the same time. */
    void replaceFilter(AddressFilter filter) {
        servers.values().forEach(server -> server.replaceFilter(filter));
    }

    /** Returns the counters of each service, also after the close. */
    Map<Service, ServerStats> stats() {
        Map<Service, ServerStats> stats = new LinkedHashMap<>();
        servers.forEach((service, server) -> stats.put(service, server.stats()));
        return stats;
    }

    /** Closes all servers within one grace time. An interrupt ends it for all. */
    @Override
    public void close() {
        if (servers.size() == 1) {
            servers.values().forEach(Server::close);
            return;
        }
        List<Thread> closers = new ArrayList<>();
        for (Map.Entry<Service, Server> each : servers.entrySet()) {
            String name = "close " + each.getKey().label();
            closers.add(Thread.ofPlatform().name(name).start(each.getValue()::close));
        }
        boolean interrupted = false;
        while (!closers.isEmpty()) {
            try {
                closers.getFirst().join();
                closers.removeFirst();
            } catch (InterruptedException expected) {
                closers.forEach(Thread::interrupt);
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
