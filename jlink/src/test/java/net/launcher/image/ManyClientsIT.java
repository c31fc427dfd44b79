package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.image.ConcurrentClients.ExchangeKind;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Many clients of one server process. */
class ManyClientsIT {
    private static final int SILENT = 200;
    private static final int CLIENTS = 36;
    private static final int WARM_UP = 200;
    private static final int QUICK = 10_000;

    /** Observation time of a server without free file descriptors. */
    private static final Duration STARVED = Duration.ofSeconds(2);

    @Test
    void servesAClientBesideManySilentOnes() throws IOException {
        List<TcpPeer> silent = new ArrayList<>();
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            int port = server.port();
            for (int i = 0; i < SILENT; i++) {
                silent.add(TcpPeer.greeted(port));
            }
            ProcessCommand client =
                    ProcessCommand.of(
                            "tcp-client", "--timeout", "5s", "127.0.0.1", String.valueOf(port));
            assertEquals(new ProcessResult(0, "hello client!\n", ""), client.run());
            assertEquals("hello sever!", server.awaitOut("hello"));
            for (TcpPeer peer : silent) {
                assertEquals("<closed>", peer.send("").awaitEnd());
            }
        } finally {
            for (TcpPeer peer : silent) {
                peer.close();
            }
        }
    }

    @Test
    void retriesWithBackoffWithoutFreeDescriptors() throws IOException {
        String script = "ulimit -n 40; exec \"$BIN\"/tcp-server 127.0.0.1 0";
        try (RunningProcess server = ProcessCommand.sh(script).start()) {
            int port = server.port();
            String line = "tcp-server: accept on 127.0.0.1:" + port + " failed: too many open";
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            server.awaitErr(line);
            Duration before = ProcessStats.of(server).cpuTime();
            LockSupport.parkNanos(STARVED.toNanos());
            Duration busy = ProcessStats.of(server).cpuTime().minus(before);
            assertTrue(busy.compareTo(STARVED.dividedBy(5)) < 0, "busy for " + busy);
            // After 10 ms, 20 ms, ..., and then once a second.
            long lines = server.errLines().stream().filter(any -> any.startsWith(line)).count();
            assertTrue(lines <= 12, lines + " lines");
            for (Socket socket : clients) {
                socket.close();
            }
            ProcessResult client =
                    ProcessCommand.of("tcp-client", "127.0.0.1", String.valueOf(port)).run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), client);
            assertEquals("hello sever!", server.awaitOut("hello"));
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    @Test
    void releasesDescriptors() throws IOException {
        Assume.success("test", "-d", "/proc/self/fd");
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            int port = server.port();
            // Files that the JVM opens for its first connections stay open.
            serve(port, WARM_UP);
            Await.holds("no connections", () -> isEmpty(server));
            long before = ProcessStats.of(server).descriptors();
            int receipts = serve(port, QUICK);
            // The last connections may be closed, but not released yet.
            Await.holds(
                    "no more descriptors than before",
                    () -> ProcessStats.of(server).descriptors() <= before);
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(receipts >= QUICK);
        }
    }

    private static int serve(int port, int count) {
        try (ConcurrentClients clients = ConcurrentClients.of(CLIENTS, ExchangeKind.GREET, port)) {
            clients.awaitReceipts(count);
            return clients.finish().receipts().size();
        }
    }

    /** A peer may see the end of its connection before the server has released its resources. */
    private static boolean isEmpty(RunningProcess server) {
        return !server.signal("USR1").errLines().getLast().contains(" active, ");
    }
}
