package net.client;

import org.junit.jupiter.api.Assumptions;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** Local addresses that refuse or do not answer, until closed. */
public final class Loopback implements AutoCloseable {
    private static final InetAddress V4 = InetAddress.ofLiteral("127.0.0.1");

    private final InetSocketAddress address;
    private final Deque<Closeable> held = new ArrayDeque<>();

    private Loopback(InetSocketAddress address) {
        this.address = address;
    }

    /** Returns a TCP port that refuses; it is bound, so that no other test uses it. */
    public static Loopback refusingTcp() throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(V4, 0));
        Loopback refusing = new Loopback((InetSocketAddress) socket.getLocalSocketAddress());
        refusing.held.add(socket);
        return refusing;
    }

    public static Loopback refusingUdp() throws IOException {
        return refusingUdp(V4);
    }

    /** Returns a UDP port that refuses: it is bound, but connected to another port. */
    public static Loopback refusingUdp(InetAddress host) throws IOException {
        DatagramChannel other = DatagramChannel.open().bind(new InetSocketAddress(host, 0));
        DatagramChannel channel = DatagramChannel.open().bind(new InetSocketAddress(host, 0));
        channel.connect(other.getLocalAddress());
        Loopback refusing = new Loopback((InetSocketAddress) channel.getLocalAddress());
        refusing.held.add(channel);
        refusing.held.add(other);
        return refusing;
    }

    /** Returns a TCP port whose backlog is full, so that nothing answers a SYN. */
    public static Loopback fullTcp() throws IOException {
        ServerSocket listener = new ServerSocket(0, 1, V4);
        Loopback full = new Loopback((InetSocketAddress) listener.getLocalSocketAddress());
        full.held.add(listener);
        for (int i = 0; i < 16; i++) {
            Socket socket = new Socket();
            full.held.add(socket);
            try {
                socket.connect(full.address, 500);
            } catch (SocketTimeoutException expected) {
                return full;
            }
        }
        full.close();
        return Assumptions.abort("a backlog of 1 takes 16 connections here");
    }

    /** Skips the test if this machine has no IPv6. */
    static void assumeIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            Assumptions.assumeTrue(probe.isBound());
        } catch (IOException e) {
            Assumptions.abort("no IPv6 on this machine: " + e.getMessage());
        }
    }

    /** Returns an IPv4 address of this machine off the loopback interface, or skips the test. */
    static InetAddress assumeOtherAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address.getAddress().length == 4)
                .filter(address -> !address.isLoopbackAddress())
                .findFirst()
                .orElseGet(() -> Assumptions.abort("no address but loopback on this machine"));
    }

    public InetSocketAddress address() {
        return address;
    }

    public int port() {
        return address.getPort();
    }

    @Override
    public void close() throws IOException {
        for (Closeable socket : held) {
            socket.close();
        }
    }
}
