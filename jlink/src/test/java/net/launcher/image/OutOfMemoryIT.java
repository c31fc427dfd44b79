package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A server with too small a heap ends with one line on standard error. */
class OutOfMemoryIT {
    private static final int MAX_CONNECTIONS = 9000;
    private static final int DESCRIPTORS = 12_000;
    private static final int RECEIVE_BUFFER_BYTES = 4096;

    @ParameterizedTest
    @ResourceLock(Assume.MANY_DESCRIPTORS)
    @CsvSource({
        "greet,   8m, ''",
        "receive, 8m, 'line, and half a li'",
        "receive, 8m, ''",
        "echo,    6m, 'some bytes'",
        "chargen, 8m, ''"
    })
    void serverEndsInOneLineWithStatus2(String service, String heap, String text)
            throws IOException {
        Assume.descriptors(DESCRIPTORS);
        List<SocketChannel> peers = new ArrayList<>();
        try (RunningProcess server =
                ProcessCommand.sh(
                                "ulimit -n "
                                        + DESCRIPTORS
                                        + "; exec \"$BIN\"/tcp-server 127.0.0.1 0 \"$@\"")
                        .with("sh", "--service", service)
                        .env("NETPAIR_JAVA_OPTIONS", "-Xmx" + heap)
                        .start()) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            connect(peers, address, text, server);
            ProcessResult ended = server.end();
            assertEquals(2, ended.status(), ended::err);
            List<String> lines = ended.err().lines().toList();
            assertEquals(2, lines.size(), ended::err);
            assertTrue(lines.getLast().startsWith("tcp-server: out of memory: "), ended::err);
        } finally {
            for (SocketChannel peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void fullHeapEndsInOneLineAndStatus2() {
        ProcessResult ended =
                ProcessCommand.at(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                "-Xmx8m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Stream.of(
                                                "jlink/target/classes",
                                                "jlink/target/test-classes",
                                                "net.protocol/target/classes")
                                        .map(Project.ROOT::resolve)
                                        .map(Path::toString)
                                        .collect(Collectors.joining(File.pathSeparator)),
                                "net.launcher.FullHeap")
                        .run();
        assertEquals(
                new ProcessResult(
                        2,
                        "",
                        "full-heap: out of memory: Java heap space; set"
                                + " NETPAIR_JAVA_OPTIONS=-Xmx512m for a larger heap\n"),
                ended);
    }

    /** Opens connections and sends text until the server has ended. */
    private static void connect(
            List<SocketChannel> peers,
            InetSocketAddress address,
            String text,
            RunningProcess server)
            throws IOException {
        byte[] bytes = text.replace(',', '\n').getBytes(StandardCharsets.US_ASCII);
        while (peers.size() < MAX_CONNECTIONS && server.process().isAlive()) {
            SocketChannel peer = SocketChannel.open();
            peers.add(peer);
            // Exhausts the heap, not the socket memory of the system.
            peer.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            try {
                peer.connect(address);
                peer.write(ByteBuffer.wrap(bytes));
            } catch (IOException expected) {
                // The server or this connection has ended: continue.
            }
        }
    }
}
