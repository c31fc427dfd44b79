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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers of datagrams that the system dropped because the receive buffer of a socket was full: the
 * last column of {@code /proc/net/udp} and {@code /proc/net/udp6} (proc_net_udp(5)). An instance
 * has those of all connected sockets at one time.
 */
public final class KernelDrops {
    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    /** Column of the local address. */
    private static final int LOCAL_COLUMN = 1;

    /** Column of the inode, which identifies the socket. */
    private static final int INODE_COLUMN = 9;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Prefix of an IPv4-mapped address (RFC 4291, section 2.5.5.2), as an IPv6 socket has it. */
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    /** Drops by the columns of both addresses. */
    private final Map<String, Long> connected = new HashMap<>();

    private KernelDrops() {}

    /** Reads the tables; the result is empty if the system has none. */
    public static KernelDrops read() {
        KernelDrops drops = new KernelDrops();
        for (Path table : TABLES) {
            try {
                drops.add(Files.readString(table, StandardCharsets.ISO_8859_1));
            } catch (IOException | RuntimeException expected) {
                // The table is missing, or has another format.
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
            StringTokenizer columns = new StringTokenizer(lines.nextToken());
            if (columns.countTokens() > INODE_COLUMN && !columns.nextToken().equals("sl")) {
                String key = key(columns.nextToken(), columns.nextToken());
                String last = "0";
                while (columns.hasMoreTokens()) {
                    last = columns.nextToken();
                }
                connected.merge(key, Long.parseLong(last), Math::max);
            }
        }
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

    /**
     * Returns the total of all sockets bound to the addresses, 0 if the system has no such table.
     */
    public static long of(Collection<InetSocketAddress> locals) {
        return TABLES.stream().mapToLong(table -> of(locals, table)).sum();
    }

    private static long of(Collection<InetSocketAddress> locals, Path table) {
        try (Stream<String> lines = Files.lines(table)) {
            return of(locals, lines);
        } catch (IOException | RuntimeException expected) {
            // The table is missing, or has another format.
            return 0;
        }
    }

    static long of(Collection<InetSocketAddress> locals, Stream<String> table) {
        Set<String> names = new HashSet<>();
        locals.forEach(local -> names.addAll(names(local)));
        return table
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> names.contains(columns[LOCAL_COLUMN]))
                // A socket may be listed twice while others are opened or closed.
                .collect(
                        Collectors.toMap(
                                KernelDrops::socket,
                                columns -> Long.parseLong(columns[columns.length - 1]),
                                Math::max))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Returns the identity of a line's socket. */
    private static String socket(String[] columns) {
        return columns.length > INODE_COLUMN ? columns[INODE_COLUMN] : String.join(" ", columns);
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
