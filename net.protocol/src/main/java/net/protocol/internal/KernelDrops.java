package net.protocol.internal;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * Numbers of datagrams that the system dropped because the receive buffer of a socket was full: the
 * last column of {@code /proc/net/udp} and {@code /proc/net/udp6} (proc_net_udp(5)). An instance
 * has those of all sockets at one time.
 */
public final class KernelDrops {
    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private static final int LOCAL_COLUMN = 1;
    private static final int PEER_COLUMN = 2;

    /** Column of the inode, which identifies the socket. */
    private static final int INODE_COLUMN = 9;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Prefix of an IPv4-mapped address (RFC 4291, section 2.5.5.2), as an IPv6 socket has it. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private record Socket(String local, long drops) {}

    /** Sockets by their inode. */
    private final Map<String, Socket> sockets = new HashMap<>();

    /** Drops of the same sockets, by the columns of both addresses. */
    private final Map<String, Long> connected = new HashMap<>();

    private KernelDrops() {}

    /** Reads the tables; the result is empty if the system has none. */
    public static KernelDrops read() {
        KernelDrops drops = new KernelDrops();
        for (Path table : TABLES) {
            try {
                drops.add(Files.readString(table, StandardCharsets.ISO_8859_1));
            } catch (IOException expected) {
                // The system has no such table.
            }
        }
        return drops;
    }

    static KernelDrops of(String table) {
        KernelDrops drops = new KernelDrops();
        drops.add(table);
        return drops;
    }

    private void add(String table) {
        StringTokenizer lines = new StringTokenizer(table, "\n");
        while (lines.hasMoreTokens()) {
            String line = lines.nextToken();
            List<String> columns = columns(line);
            if (columns.size() <= PEER_COLUMN) {
                continue;
            }
            long drops;
            try {
                drops = Long.parseLong(columns.get(columns.size() - 1));
            } catch (NumberFormatException expected) {
                // The heading.
                continue;
            }
            String local = columns.get(LOCAL_COLUMN);
            String inode = columns.size() > INODE_COLUMN ? columns.get(INODE_COLUMN) : line;
            // A socket may be listed twice while others are opened or closed.
            sockets.merge(inode, new Socket(local, drops), KernelDrops::later);
            connected.merge(key(local, columns.get(PEER_COLUMN)), drops, Math::max);
        }
    }

    private static List<String> columns(String line) {
        List<String> columns = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(line);
        while (tokens.hasMoreTokens()) {
            columns.add(tokens.nextToken());
        }
        return columns;
    }

    private static Socket later(Socket a, Socket b) {
        return a.drops > b.drops ? a : b;
    }

    private static String key(String local, String peer) {
        return local + " " + peer;
    }

    /**
     * Returns the number of datagrams dropped at a socket that is connected to a peer; empty if the
     * socket is not in the tables.
     */
    public OptionalLong of(InetSocketAddress local, InetSocketAddress peer) {
        List<String> locals = names(local);
        List<String> peers = names(peer);
        for (int i = 0; i < Math.min(locals.size(), peers.size()); i++) {
            Long drops = connected.get(key(locals.get(i), peers.get(i)));
            if (drops != null) {
                return OptionalLong.of(drops);
            }
        }
        return OptionalLong.empty();
    }

    /** Returns the total of all sockets bound to the addresses, 0 without a table. */
    public long total(Collection<InetSocketAddress> locals) {
        Set<String> names = new HashSet<>();
        locals.forEach(local -> names.addAll(names(local)));
        long total = 0;
        for (Socket socket : sockets.values()) {
            if (names.contains(socket.local)) {
                total += socket.drops;
            }
        }
        return total;
    }

    /** Returns the forms of an address in the tables. */
    private static List<String> names(InetSocketAddress local) {
        InetAddress address = local.getAddress();
        String port = ":" + HEX.toHexDigits((short) local.getPort());
        String plain = words(address.getAddress()) + port;
        if (!(address instanceof Inet4Address)) {
            // The wildcard of both families may be in the table of either.
            return address.isAnyLocalAddress()
                    ? List.of(plain, words(new byte[4]) + port)
                    : List.of(plain);
        }
        byte[] mapped =
                ByteBuffer.allocate(MAPPED.length + 4)
                        .put(MAPPED)
                        .put(address.getAddress())
                        .array();
        return address.isAnyLocalAddress()
                ? List.of(plain, words(new byte[mapped.length]) + port)
                : List.of(plain, words(mapped) + port);
    }

    /** Returns 32-bit words in hexadecimal, in native byte order. */
    private static String words(byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        StringBuilder words = new StringBuilder();
        while (bytes.hasRemaining()) {
            words.append(HEX.toHexDigits(bytes.getInt()));
        }
        return words.toString();
    }
}
