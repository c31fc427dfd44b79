package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Connection limits and the backlog. */
class AdmissionIT {
    private static RunningProcess serve(String... options) {
        return ProcessCommand.of("tcp-server", "127.0.0.1", "0").with(options).start();
    }

    private static String read(String from, int port) throws IOException {
        try (TcpPeer peer = TcpPeer.connect(from, port)) {
            return peer.send("").awaitEnd();
        } catch (IOException expected) {
            // Reset before it could half-close.
            return "<reset>";
        }
    }

    @Test
    void connectionBeyondTheLimitIsReset() throws IOException {
        try (RunningProcess server = serve("--max-connections", "2")) {
            int port = server.port();
            try (TcpPeer first = TcpPeer.greeted(port);
                    TcpPeer second = TcpPeer.greeted(port)) {
                assertEquals("<reset>", read("127.0.0.1", port));
                assertEquals("<reset>", read("127.0.0.2", port));
                assertEquals("<closed>", first.send("first").awaitEnd());
                assertEquals("hello client!<closed>", read("127.0.0.1", port));
                assertEquals("<closed>", second.send("second").awaitEnd());
            }
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertEquals("first\nsecond\n", ended.out());
            assertTrue(ended.err().contains(": 2 messages from 3 connections, "), ended::err);
            assertTrue(ended.err().contains(", 2 refused (limit), up "), ended::err);
        }
    }

    @Test
    void resetReleasesThePermit() throws IOException {
        try (RunningProcess server = serve("--max-connections", "1")) {
            int port = server.port();
            for (int i = 0; i < 20; i++) {
                Await.holds("greeted again", () -> read("127.0.0.1", port).startsWith("hello"));
                Await.holds("greeted, then reset", () -> greetedAndReset(port));
            }
            assertEquals(0, server.signal("TERM").end().status());
        }
    }

    private static boolean greetedAndReset(int port) throws IOException {
        try (TcpPeer peer = TcpPeer.connect(port)) {
            boolean isGreeted = peer.read(TcpPeer.GREETING.length()).equals(TcpPeer.GREETING);
            peer.write("half a mess").reset();
            return isGreeted;
        } catch (IOException expected) {
            // The previous connection may not have ended yet.
            return false;
        }
    }

    @Test
    void limitPerSourceLeavesRoomForOthers() throws IOException {
        try (RunningProcess server = serve("--max-per-source", "1", "--max-connections", "2")) {
            int port = server.port();
            try (TcpPeer first = TcpPeer.connect("127.0.0.1", port);
                    TcpPeer other = TcpPeer.connect("127.0.0.2", port)) {
                assertEquals(TcpPeer.GREETING, first.read(TcpPeer.GREETING.length()));
                assertEquals(TcpPeer.GREETING, other.read(TcpPeer.GREETING.length()));
                assertEquals("<reset>", read("127.0.0.1", port));
                assertEquals("<reset>", read("127.0.0.2", port));
                assertEquals("<reset>", read("127.0.0.3", port));
                assertEquals("<closed>", other.send("other").awaitEnd());
                assertEquals("<reset>", read("127.0.0.1", port));
                assertEquals("hello client!<closed>", read("127.0.0.2", port));
                assertEquals("<closed>", first.send("first").awaitEnd());
            }
            ProcessResult ended = server.signal("TERM").end();
            assertEquals("other\nfirst\n", ended.out());
            assertTrue(
                    ended.err().contains(", 1 refused (limit), 3 refused (source_limit), up "),
                    ended::err);
        }
    }

    @Test
    void backlogLimitsUnacceptedConnections() throws IOException {
        // Linux queues one connection more than the backlog.
        assertEquals(2, connectedToStopped("1", 6));
        assertEquals(6, connectedToStopped("100", 6));
    }

    /** Returns how many connections to a stopped server are established. */
    private static int connectedToStopped(String backlog, int count) throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try (RunningProcess server = serve("--backlog", backlog)) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            server.signal("STOP");
            Await.holds("stopped", ProcessStats.of(server)::isStopped);
            int connected = 0;
            for (int i = 0; i < count; i++) {
                Socket socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(address, 400);
                    connected++;
                } catch (SocketTimeoutException expected) {
                    // The queue is full.
                }
            }
            server.signal("CONT");
            return connected;
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }
}
