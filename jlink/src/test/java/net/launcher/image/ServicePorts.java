package net.launcher.image;

import java.util.List;
import java.util.function.Predicate;

/** The ports of a server of several services. */
final class ServicePorts {
    private static final String READY = ": listening on ";

    private ServicePorts() {}

    /** Waits for a number of ready lines, and returns their ports. */
    static List<Integer> of(RunningProcess server, int count) {
        Predicate<String> isReady = line -> line.contains(READY);
        Await.holds("ready", () -> server.errLines().stream().filter(isReady).count() == count);
        return server.errLines().stream().filter(isReady).map(ServicePorts::port).toList();
    }

    private static Integer port(String ready) {
        return Integer.valueOf(ready.substring(ready.lastIndexOf(':') + 1));
    }
}
