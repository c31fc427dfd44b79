package net.client;

import static org.junit.jupiter.api.Assertions.fail;

import net.client.connect.ClientConfig;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A UDP relay in front of a reflector, with a scripted fate per datagram. Single-threaded. */
final class Relay implements AutoCloseable {
    private static final int MAX_BYTES = 65_535;

    private final DatagramSocket front;
    private final DatagramSocket otherPort;
    private final DatagramSocket otherAddress;
    private final StampSession reflector;
    private final Script script;
    private final Thread thread;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Set<Question> questions = new HashSet<>();
    private final Map<Fate, Long> played = new EnumMap<>(Fate.class);

    /** Answers to send after the next one to the same client. */
    private final Map<SocketAddress, DatagramPacket> overtaken = new HashMap<>();

    /** Requests that will time out, oldest first; some are answered late. */
    private final Queue<Optional<DatagramPacket>> overdue = new ArrayDeque<>();

    private int place;

    /** The fate of a datagram. */
    enum Fate {
        /** Reflected. */
        PASS,
        /** Lost before the reflector. */
        LOST_UP,
        /** Reflected, but the answer is lost. */
        LOST_DOWN,
        /** Duplicated before the reflector; both answers are delivered. */
        TWICE_UP,
        /** Reflected; the answer is delivered twice. */
        TWICE_DOWN,
        /** The answer is delivered when {@link #timedOut} is called for it. */
        LATE,
        /** The answer is delivered after that of the next datagram. */
        OVERTAKEN,
        /** A byte of the answer outside its identifying fields is changed. */
        CORRUPT,
        /** A byte of the answer's identifying fields is changed. */
        UNKNOWN,
        /** The answer is sent from another port. */
        OTHER_PORT,
        /** The answer is sent from another address. */
        OTHER_ADDRESS,
        /** Reflected; an unrelated datagram is sent from another port. */
        STRAY
    }

    private record Question(SocketAddress client, ByteBuffer bytes) {}

    /** The script of a relay. */
    interface Script {
        /** Returns the fate of a datagram by its index in order of arrival, from 0. */
        Fate fate(int place);
    }

    /** A reflector. */
    interface StampSession {
        /** Returns the bytes unchanged (RFC 862). */
        StampSession ECHO = (question, _) -> question.clone();

        byte[] reflect(byte[] question, SocketAddress client);

        /** Returns the index of a byte that identifies the request. */
        default int markAt() {
            return 3;
        }

        /** Returns the index of another byte that is checked. */
        default int checkedAt() {
            return 16;
        }
    }

    private Relay(StampSession reflector, Script script) throws IOException {
        this.reflector = reflector;
        this.script = script;
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        front = new DatagramSocket(0, loopback);
        otherPort = new DatagramSocket(0, loopback);
        // All of 127.0.0.0/8 is local.
        otherAddress = new DatagramSocket(front.getLocalPort(), InetAddress.ofLiteral("127.0.0.2"));
        thread = Thread.ofPlatform().daemon().name("relay").start(this::relay);
    }

    static Relay running(StampSession reflector, Script script) throws IOException {
        return new Relay(reflector, script);
    }

    /** Applies the given fates in order, and then reflects all datagrams. */
    static Relay running(StampSession reflector, List<Fate> fates) throws IOException {
        return running(reflector, place -> place < fates.size() ? fates.get(place) : Fate.PASS);
    }

    static Relay passing(StampSession reflector) throws IOException {
        return running(reflector, _ -> Fate.PASS);
    }

    private void relay() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            while (true) {
                packet.setLength(MAX_BYTES);
                front.receive(packet);
                relay(
                        Arrays.copyOf(packet.getData(), packet.getLength()),
                        packet.getSocketAddress());
            }
        } catch (SocketException expected) {
            // Closed at the end of the test.
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private synchronized void relay(byte[] question, SocketAddress client) throws IOException {
        if (!questions.add(new Question(client, ByteBuffer.wrap(question)))) {
            // Sent again by a run to locate a loss: not part of the script.
            byte[] again = reflector.reflect(question, client);
            front.send(new DatagramPacket(again, again.length, client));
            return;
        }
        Fate fate = script.fate(place++);
        played.merge(fate, 1L, Long::sum);
        if (fate == Fate.LOST_UP) {
            overdue.add(Optional.empty());
            return;
        }
        byte[] answer = reflector.reflect(question, client);
        DatagramPacket packet = new DatagramPacket(answer, answer.length, client);
        DatagramPacket before = overtaken.remove(client);
        switch (fate) {
            case LOST_DOWN -> overdue.add(Optional.empty());
            case TWICE_UP -> {
                front.send(packet);
                byte[] again = reflector.reflect(question, client);
                front.send(new DatagramPacket(again, again.length, client));
            }
            case TWICE_DOWN -> {
                front.send(packet);
                front.send(packet);
            }
            case LATE -> overdue.add(Optional.of(packet));
            case OVERTAKEN -> overtaken.put(client, packet);
            case CORRUPT -> {
                answer[reflector.checkedAt()] ^= 1;
                front.send(packet);
            }
            case UNKNOWN -> {
                answer[reflector.markAt()] ^= (byte) 0x80;
                front.send(packet);
                overdue.add(Optional.empty());
            }
            case OTHER_PORT -> otherPort.send(packet);
            case OTHER_ADDRESS -> otherAddress.send(packet);
            case STRAY -> {
                otherPort.send(new DatagramPacket(new byte[100], 100, client));
                front.send(packet);
            }
            default -> front.send(packet);
        }
        if (before != null) {
            front.send(before);
        }
    }

    /** Sends the late answer, if any, to the request that has just timed out. */
    synchronized void timedOut() throws IOException {
        Optional<DatagramPacket> late = overdue.remove();
        if (late.isPresent()) {
            front.send(late.get());
        }
    }

    /** Returns the number of datagrams by fate. */
    synchronized Map<Fate, Long> played() {
        return Collections.unmodifiableMap(new EnumMap<>(played));
    }

    long played(Fate... fates) {
        Map<Fate, Long> all = played();
        return Arrays.stream(fates).mapToLong(fate -> all.getOrDefault(fate, 0L)).sum();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) front.getLocalSocketAddress();
    }

    int otherPort() {
        return otherPort.getLocalPort();
    }

    ClientConfig config() {
        return ClientConfig.builder(Endpoint.of(address()))
                .timeout(ScriptedServer.PATIENCE)
                .connectTimeout(ScriptedServer.PATIENCE)
                .build();
    }

    @Override
    public void close() {
        front.close();
        otherPort.close();
        otherAddress.close();
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
