package net.client;

import static org.junit.jupiter.api.Assertions.fail;

import net.client.connect.ClientConfig;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A UDP server with scripted answers. Single-threaded. */
final class AnsweringServer implements AutoCloseable {
    static final InetAddress IPV4 = InetAddress.ofLiteral("127.0.0.1");

    private static final int MAX_BYTES = 65_535;

    private final DatagramSocket socket;
    private final Script script;
    private final Thread thread;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    /** The script of a server. */
    interface Script {
        /** Returns the answers to a request, possibly none. */
        List<byte[]> answers(byte[] question) throws IOException;
    }

    private AnsweringServer(InetAddress host, Script script) throws IOException {
        this.script = script;
        socket = new DatagramSocket(0, host);
        thread = Thread.ofPlatform().daemon().name("answering").start(this::serve);
    }

    static AnsweringServer running(Script script) throws IOException {
        return new AnsweringServer(IPV4, script);
    }

    static AnsweringServer at(InetAddress host, Script script) throws IOException {
        return new AnsweringServer(host, script);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            while (true) {
                packet.setLength(MAX_BYTES);
                socket.receive(packet);
                byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
                listener(question.length);
                for (byte[] answer : script.answers(question)) {
                    socket.send(
                            new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (SocketException expected) {
            // Closed at the end of the test.
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private synchronized void listener(int size) {
        sizes.add(size);
    }

    /** Returns the sizes of the requests in order of arrival. */
    synchronized List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    /** Makes the port refuse datagrams, by connecting it to itself. */
    void refuse() throws SocketException {
        socket.connect(socket.getLocalSocketAddress());
    }

    InetSocketAddress address() {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    /** Returns a client with a timeout for the first answer. */
    ClientConfig config(Duration timeout) {
        return ClientConfig.builder(Endpoint.of(address())).timeout(timeout).build();
    }

    @Override
    public void close() {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            fail(failures.getFirst());
        }
    }
}
