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

/** A UDP relay before a reflector, which does to each datagram what a script says. One thread. */
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

    /** The answers that go out after the next one to the same client. */
    private final Map<SocketAddress, DatagramPacket> overtaken = new HashMap<>();

    /** What the client will have waited for in vain, the first one first: some comes late. */
    private final Queue<Optional<DatagramPacket>> overdue = new ArrayDeque<>();

    private int place;

    /** What becomes of a datagram. */
    enum Fate {
        /** It is reflected. */
        PASS,
        /** It does not reach the reflector. */
        LOST_UP,
        /** It reaches the reflector, whose answer does not come back. */
        LOST_DOWN,
        /** The reflector gets it twice, and both answers come back. */
        TWICE_UP,
        /** The reflector's answer comes back twice. */
        TWICE_DOWN,
        /** The answer comes when {@link #timedOut} is called for it. */
        LATE,
        /** The answer comes after the one to the next datagram. */
        OVERTAKEN,
        /** A byte of the answer is changed that does not say to what it is one. */
        CORRUPT,
        /** A byte of the answer is changed that says to what it is one. */
        UNKNOWN,
        /** The answer comes from another port. */
        OTHER_PORT,
        /** The answer comes from another address. */
        OTHER_ADDRESS,
        /** It is reflected, and something else comes from another port. */
        STRAY
    }

    private record Question(SocketAddress client, ByteBuffer bytes) {}

    /** Says what becomes of the datagrams. */
    interface Script {
        /** Returns the fate of the datagram of a place, in the order of arrival from 0. */
        Fate fate(int place);
    }

    /** Answers. */
    interface StampSession {
        /** Reflects bytes unchanged, as RFC 862 says. */
        StampSession ECHO = (question, _) -> question.clone();

        byte[] reflect(byte[] question, SocketAddress client);

        /** Returns the index of a byte that says to what an answer is one. */
        default int markAt() {
            return 3;
        }

        /** Returns the index of a byte that does not, but has to be right. */
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
        // All of 127.0.0.0/8 is this machine's.
        otherAddress = new DatagramSocket(front.getLocalPort(), InetAddress.ofLiteral("127.0.0.2"));
        thread = Thread.ofPlatform().daemon().name("relay").start(this::relay);
    }

    static Relay playing(StampSession reflector, Script script) throws IOException {
        return new Relay(reflector, script);
    }

    /** Plays the fates in turn, and then passes all. */
    static Relay playing(StampSession reflector, List<Fate> fates) throws IOException {
        return playing(reflector, place -> place < fates.size() ? fates.get(place) : Fate.PASS);
    }

    static Relay passing(StampSession reflector) throws IOException {
        return playing(reflector, _ -> Fate.PASS);
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
            // The test is over.
        } catch (IOException | RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }

    private synchronized void relay(byte[] question, SocketAddress client) throws IOException {
        if (!questions.add(new Question(client, ByteBuffer.wrap(question)))) {
            // Asked again by a run that wants to know the way of a loss: not in the script.
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

    /** Lets the answer that one client has just stopped to wait for come, if it is merely late. */
    synchronized void timedOut() throws IOException {
        Optional<DatagramPacket> late = overdue.remove();
        if (late.isPresent()) {
            front.send(late.get());
        }
    }

    /** Returns how often each fate was dealt, of those that were. */
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
