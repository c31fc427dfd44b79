package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Results that are read slowly: the server buffers a bounded amount and loses no record. */
class BackpressureIT {
    private static final int CLIENTS = 16;
    private static final int LINES = 8000;
    private static final int DATAGRAMS = 100_000;
    private static final long MAX_GROWTH_MIB = 150;
    private static final Pattern FIGURES = Pattern.compile("(\\d+) (messages|dropped)");

    @TempDir private Path folder;
    private Path pipe;

    @BeforeAll
    static void checkTools() {
        Assume.success("sh", "-c", "command -v mkfifo");
        Assume.success("test", "-r", "/proc/net/udp");
    }

    @BeforeEach
    void makePipe() {
        pipe = folder.resolve("pipe");
        assertEquals(0, ProcessCommand.at(Path.of("mkfifo"), pipe.toString()).run().status());
    }

    private RunningProcess serve(String command) {
        return ProcessCommand.sh("exec \"$BIN\"/" + command + " 127.0.0.1 0 >\"$PIPE\"")
                .env("PIPE", pipe.toString())
                .start();
    }

    /** Opens both ends of the pipe, and returns the end for reading. */
    private InputStream reader(RunningProcess server) throws IOException {
        try (RandomAccessFile both = new RandomAccessFile(pipe.toFile(), "rw")) {
            InputStream reader = new FileInputStream(pipe.toFile());
            server.port();
            assertTrue(both.getFD().valid());
            return reader;
        }
    }

    private static CompletableFuture<List<String>> readAll(InputStream results) {
        return CompletableFuture.supplyAsync(
                () -> new String(readAllBytes(results), StandardCharsets.US_ASCII).lines().toList(),
                Thread::startVirtualThread);
    }

    private static byte[] readAllBytes(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void clientsBlockUntilResultsAreRead() throws IOException {
        try (RunningProcess server = serve("tcp-server --service receive");
                InputStream results = reader(server)) {
            int port = server.port();
            long before = ProcessStats.of(server).residentMiB();
            AtomicLong sentBytes = new AtomicLong();
            List<CompletableFuture<String>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String line = "client %2d ".formatted(i) + "x".repeat(500) + "\n";
                clients.add(
                        CompletableFuture.supplyAsync(
                                () -> send(port, line, sentBytes), Thread::startVirtualThread));
            }
            awaitNoProgress(sentBytes);
            long grown = ProcessStats.of(server).residentMiB() - before;
            assertTrue(grown < MAX_GROWTH_MIB, grown + " MiB more");
            assertTrue(clients.stream().noneMatch(CompletableFuture::isDone));
            CompletableFuture<List<String>> lines = readAll(results);
            for (CompletableFuture<String> client : clients) {
                assertEquals("<closed>", client.join());
            }
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status(), ended::err);
            assertEquals(CLIENTS * LINES, lines.join().size());
            assertEquals(CLIENTS, lines.join().stream().distinct().count());
        }
    }

    private static String send(int port, String line, AtomicLong sentBytes) {
        byte[] chunk = line.repeat(LINES / 100).getBytes(StandardCharsets.US_ASCII);
        try (TcpPeer peer = TcpPeer.connect(port)) {
            for (int i = 0; i < 100; i++) {
                peer.write(chunk);
                sentBytes.addAndGet(chunk.length);
            }
            return peer.halfClose().awaitEnd();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Waits until the amount sent no longer grows. */
    private static void awaitNoProgress(AtomicLong sentBytes) {
        AtomicLong last = new AtomicLong(-1);
        AtomicLong sinceNanos = new AtomicLong(System.nanoTime());
        Await.holds(
                "standstill",
                () -> {
                    if (last.getAndSet(sentBytes.get()) != sentBytes.get()) {
                        sinceNanos.set(System.nanoTime());
                    }
                    return System.nanoTime() - sinceNanos.get() > 1_000_000_000L;
                });
    }

    @Test
    void datagramsAreRecordedOrCountedAsDropped() throws IOException {
        try (RunningProcess server = serve("udp-server");
                InputStream results = reader(server);
                DatagramSocket socket = new DatagramSocket()) {
            long before = ProcessStats.of(server).residentMiB();
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
            DatagramPacket packet = new DatagramPacket(new byte[64], 64, address);
            for (int i = 0; i < DATAGRAMS; i++) {
                socket.send(packet);
            }
            long grown = ProcessStats.of(server).residentMiB() - before;
            assertTrue(grown < MAX_GROWTH_MIB, grown + " MiB more");
            CompletableFuture<List<String>> lines = readAll(results);
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status(), ended::err);
            Matcher figures = FIGURES.matcher(ended.err());
            assertTrue(figures.find(), ended::err);
            long messages = Long.parseLong(figures.group(1));
            assertEquals(messages, lines.join().size());
            assertTrue(figures.find(), ended::err);
            long dropped = Long.parseLong(figures.group(1));
            assertTrue(dropped > 0, ended::err);
            assertEquals(DATAGRAMS, messages + dropped, ended::err);
        }
    }
}
