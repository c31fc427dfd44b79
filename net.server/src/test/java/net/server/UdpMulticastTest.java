package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import net.protocol.Endpoint;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Multicast and broadcast datagrams within this machine. */
class UdpMulticastTest {
    private static final Endpoint ANY = new Endpoint("0.0.0.0", 0);

    private final ListenerLog listener = new ListenerLog();

    @Test
    void receivesDatagramsOfJoinedGroups() throws Exception {
        NetworkInterface loopback = loopback();
        MulticastGroup one = MulticastGroup.parse("239.77.1.1%" + loopback.getName());
        MulticastGroup two = MulticastGroup.parse("239.77.1.2%" + loopback.getName());
        try (UdpServer server = UdpServer.start(config(ANY, one, two), listener)) {
            for (MulticastGroup group : List.of(one, two)) {
                send("to " + group, group.address(), server);
                listener.assertMessage("to " + group);
            }
        }
        listener.assertNoFailure();
    }

    /** Not even if another socket of this machine has joined. */
    @Test
    void receivesNothingOfOtherGroups() throws Exception {
        MulticastGroup group = MulticastGroup.parse("239.77.1.3%" + loopback().getName());
        ListenerLog other = new ListenerLog();
        try (UdpServer joined = UdpServer.start(config(ANY, group), listener);
                UdpServer server = UdpServer.start(config(ANY), other);
                Sender sender = new Sender("127.0.0.1")) {
            send("not for it", group.address(), server);
            send("for it", group.address(), joined);
            listener.assertMessage("for it");
            sender.send("last", new InetSocketAddress("127.0.0.1", server.local().getPort()));
            other.assertMessage("last");
        }
    }

    @Test
    void receivesBroadcasts() throws Exception {
        try (UdpServer server = UdpServer.start(config(ANY), listener)) {
            send("to all", InetAddress.ofLiteral("127.255.255.255"), server);
            listener.assertMessage("to all");
        }
    }

    @Test
    void groupThatCannotBeJoinedFailsTheStart() throws Exception {
        assertFails(
                "listen on 0.0.0.0:0 failed: cannot join 239.1.2.3%NoSuch: no such interface",
                "239.1.2.3%NoSuch");
        String loopback = loopback().getName();
        assertFails(
                "listen on 0.0.0.0:0 failed: cannot join ff02::1%"
                        + loopback
                        + ": address family not supported",
                "ff02::1%" + loopback);
    }

    private static void assertFails(String message, String group) {
        UdpServerConfig config = config(ANY, MulticastGroup.parse(group));
        BindException thrown =
                assertThrows(BindException.class, () -> UdpServer.start(config, new ListenerLog()));
        assertEquals(message, thrown.getMessage());
    }

    private static UdpServerConfig config(Endpoint endpoint, MulticastGroup... groups) {
        return UdpServerConfig.of(endpoint).toBuilder().groups(groups).build();
    }

    /** Sends within this machine, or skips the test if that is impossible. */
    private static void send(String text, InetAddress group, UdpServer server) throws IOException {
        InetSocketAddress to = new InetSocketAddress(group, server.local().getPort());
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback());
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.bind(new InetSocketAddress("127.0.0.1", 0));
            channel.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), to);
        } catch (IOException e) {
            abort("this machine does not send to groups on its loopback: " + e.getMessage());
        }
    }

    private static NetworkInterface loopback() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("127.0.0.1"));
    }
}
