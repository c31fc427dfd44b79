package net.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A running contender, its processor time and memory. */
final class ServerProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double TICKS_PER_SECOND = 100;

    private final Contender contender;
    private final int processor;
    private final int port;
    private final Path out;
    private final Process process;

    /** Kills the server if the benchmark is interrupted. */
    private final Thread hook = new Thread(this::kill);

    /** Starts a server on the servers' processor; its output goes to a file in the folder. */
    ServerProcess(Contender contender, Path folder) throws IOException {
        this(contender, folder, LoadProcess.SERVER);
    }

    /** Starts a server on one processor, or on any. */
    ServerProcess(Contender contender, Path folder, int processor) throws IOException {
        this.contender = contender;
        this.processor = processor;
        this.port = freePort();
        this.out = folder.resolve(contender.name().replace(' ', '-') + ".out");
        List<String> command =
                contender.command().stream().map(word -> word.replace("PORT", "" + port)).toList();
        process =
                new ProcessBuilder(LoadProcess.pinned(processor, command))
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(folder.resolve("stderr").toFile())
                        .start();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    Contender contender() {
        return contender;
    }

    /** Returns the processor for the load: the other one. */
    int loadProcessor() {
        return processor == LoadProcess.LOAD ? LoadProcess.SERVER : LoadProcess.LOAD;
    }

    int port() {
        return port;
    }

    /** Waits until a complete exchange succeeds; some servers exit if a peer sends nothing. */
    ServerProcess awaitTcp() throws IOException {
        long startNanos = System.nanoTime();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                OutputStream out = socket.getOutputStream();
                out.write("hello sever!".getBytes(StandardCharsets.US_ASCII));
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
                return this;
            } catch (IOException e) {
                pause(startNanos, e);
            }
        }
    }

    /** Waits until the UDP socket is bound. */
    ServerProcess awaitUdp() throws IOException {
        return awaitBound("udp");
    }

    /** Waits until the TCP socket is bound, without connecting. */
    ServerProcess awaitListening() throws IOException {
        return awaitBound("tcp");
    }

    private ServerProcess awaitBound(String transport) throws IOException {
        long startNanos = System.nanoTime();
        String local = ":%04X ".formatted(port);
        Path sockets = Path.of("/proc/net", transport);
        Path v6 = Path.of("/proc/net", transport + 6);
        while (!Files.readString(sockets).contains(local)
                && !Files.readString(v6).contains(local)) {
            pause(startNanos, new IOException("port is not bound: " + port));
        }
        return this;
    }

    private void pause(long startNanos, IOException failure) throws IOException {
        if (!process.isAlive() || System.nanoTime() - startNanos > START_TIMEOUT.toNanos()) {
            close();
            throw new IOException(contender.name() + " does not serve", failure);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    /** Returns the processor time used so far. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Returns the resident memory. */
    double residentBytes() throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024.0;
            }
        }
        throw new IOException("no VmRSS in " + proc("status"));
    }

    private Path proc(String name) {
        return Path.of("/proc", "" + process.pid(), name);
    }

    /** Returns the file of its standard output. */
    Path out() {
        return out;
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
