package net.launcher.image;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;

/** A UDP server with a behaviour defined by the test. */
final class ScriptedUdpServer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int MAX_BYTES = 65_535;

    /** The behaviour towards a request. */
    @FunctionalInterface
    interface Script {
        void answer(ScriptedUdpServer server, byte[] request, SocketAddress client)
                throws IOException;
    }

    private final DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
    private final DatagramSocket other = new DatagramSocket(0, LOOPBACK);
    private final Script script;

    ScriptedUdpServer(Script script) throws IOException {
        this.script = script;
        Thread.ofPlatform().daemon().name("scripted UDP server").start(this::serve);
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            while (true) {
                socket.receive(packet);
                byte[] request = new byte[packet.getLength()];
                System.arraycopy(packet.getData(), 0, request, 0, request.length);
                script.answer(this, request, packet.getSocketAddress());
                packet.setLength(MAX_BYTES);
            }
        } catch (IOException expected) {
            // The test is over.
        }
    }

    String port() {
        return Integer.toString(socket.getLocalPort());
    }

    /** Returns the port of the second socket. */
    int otherPort() {
        return other.getLocalPort();
    }

    void send(byte[] bytes, SocketAddress client) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, client));
    }

    void sendFromElsewhere(byte[] bytes, SocketAddress client) throws IOException {
        other.send(new DatagramPacket(bytes, bytes.length, client));
    }

    @Override
    public void close() {
        socket.close();
        other.close();
    }
}
