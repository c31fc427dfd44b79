package net.launcher.image;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of 127.0.0.1 that refuses connections or datagrams until this is closed: no other process
 * gets it meanwhile.
 */
record RefusingPort(int number, Closeable holder) implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    static RefusingPort of(String transport) throws IOException {
        return transport.equals("tcp") ? tcp() : udp();
    }

    /** Bound without listening. */
    private static RefusingPort tcp() throws IOException {
        Socket holder = new Socket();
        holder.bind(new InetSocketAddress(LOOPBACK, 0));
        return new RefusingPort(holder.getLocalPort(), holder);
    }

    /** Connected to itself, so that it receives from no other. */
    private static RefusingPort udp() throws IOException {
        DatagramSocket holder = new DatagramSocket(0, LOOPBACK);
        holder.connect(LOOPBACK, holder.getLocalPort());
        return new RefusingPort(holder.getLocalPort(), holder);
    }

    String port() {
        return Integer.toString(number);
    }

    String endpoint() {
        return "127.0.0.1:" + number;
    }

    /** Leaves the port to a server, which is started next. */
    void release() throws IOException {
        holder.close();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
