package net.protocol.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Lines of /proc/net/udp and udp6 in little-endian order: proc_net_udp(5). */
class KernelDropsTest {
    private static final String HEADER =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                    + "  timeout inode ref pointer drops            ";

    private static final String HEADER6 =
            "  sl  local_address                         remote_address                        st"
                    + " tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer"
                    + " drops";

    @BeforeEach
    void bytesOfAWordAreSwapped() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "another byte order");
    }

    /** Port 8888 is 22B8. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,   0100007F",
        "192.0.2.254, FE0200C0",
        "0.0.0.0,     00000000",
        "127.0.0.1,   0000000000000000FFFF00000100007F",
        "192.0.2.254, 0000000000000000FFFF0000FE0200C0",
        "::1,         00000000000000000000000001000000",
        "2001:db8::1, B80D0120000000000000000001000000",
        "fe80::a00:27ff:fe4e:66a1, 000080FE00000000FF27000AA1664EFE",
        "::,          00000000000000000000000000000000",
        "0.0.0.0,     00000000000000000000000000000000",
        "::,          00000000",
    })
    void findsTheSocketByItsAddress(String address, String column) {
        assertEquals(42, drops(address, line(column + ":22B8", 42)));
        assertEquals(0, drops(address, line(column + ":22B9", 42)), "another port");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,   0200007F",
        "127.0.0.1,   7F000001",
        "127.0.0.1,   00000000",
        "127.0.0.1,   00000000000000000000000001000000",
        "127.0.0.1,   00000000000000000000000000000000",
        "127.0.0.1,   0000000000000000000000000100007F",
        "::1,         0100007F",
        "::1,         00000000000000000000000000000000",
        "0.0.0.0,     0100007F",
        "::,          00000000000000000000000001000000",
    })
    void ignoresOtherAddresses(String address, String column) {
        assertEquals(0, drops(address, line(column + ":22B8", 42)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0000", "1, 0001", "255, 00FF", "32768, 8000", "65535, FFFF"})
    void portsAreFourDigits(int port, String digits) {
        InetSocketAddress local = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        assertEquals(7, KernelDrops.of(line("0100007F:" + digits, 7)).total(List.of(local)));
    }

    @Test
    void readsALineOfATable() {
        assertEquals(
                1234567890123L,
                drops(
                        "127.0.0.1",
                        HEADER,
                        line("0100007F:0035", 1),
                        line("00000000:22B8", 2),
                        line("0100007F:22B8", 1234567890123L),
                        line("0100007F:22B7", 3)));
        assertEquals(5, drops("::1", HEADER6, line("00000000000000000000000001000000:22B8", 5)));
    }

    /** Output of Linux 6.18, except for the drops. */
    @Test
    void readsLinesOfLinux() {
        String inode = " 07 00000000:00000000 00:00000000 00000000     0        0 3409979 2 ";
        assertEquals(
                17,
                drops(
                        "127.0.0.1",
                        "12052: 0100007F:22B8 00000000:0000"
                                + inode
                                + "000000002aa102b5 17      "));
        String noPeer = " 00000000000000000000000000000000:0000";
        assertEquals(
                18,
                drops(
                        "127.0.0.2",
                        "12052: 0000000000000000FFFF00000200007F:22B8"
                                + noPeer
                                + inode
                                + "000000006a42539b 18"));
        assertEquals(
                19,
                drops(
                        "::1",
                        "12052: 00000000000000000000000001000000:22B8"
                                + noPeer
                                + inode
                                + "00000000babbf725 19"));
    }

    @Test
    void ignoresTheRemoteAddress() {
        assertEquals(
                0,
                drops(
                        "127.0.0.1",
                        "  77: 0200007F:1000 0100007F:22B8 01 00000000:00000000 00:00000000"
                                + " 00000000     0        0 1 2 0 9"));
    }

    @Test
    void addsSocketsOfOneAddress() {
        assertEquals(9, drops("0.0.0.0", line("00000000:22B8", 4), line("00000000:22B8", 5)));
    }

    /** The system reads its table in steps, and may list a line again. */
    @Test
    void countsASocketListedTwiceOnce() {
        String line = line("0100007F:22B8", 7);
        assertEquals(7, drops("127.0.0.1", line, line("0200007F:22B8", 3), line));
    }

    @Test
    void emptyTableHasNoDrops() {
        assertEquals(0, drops("127.0.0.1"));
        assertEquals(0, drops("127.0.0.1", HEADER));
    }

    @Test
    void missingSocketHasNoDrops() {
        assertEquals(0, KernelDrops.read().total(List.of(address("192.0.2.1"))));
    }

    @Test
    void randomLinesAreReadOrIgnored() {
        Random random = new Random(768);
        String[] columns = {"0100007F:22B8", "0100007F:22B9", "07", "zz", "17", "-1", ""};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder("  1: ");
            boolean isOwn = random.nextBoolean();
            line.append(isOwn ? columns[0] : columns[1]);
            for (int column = random.nextInt(12); column > 0; column--) {
                line.append(" ").append(columns[random.nextInt(columns.length)]);
            }
            int count = random.nextInt(1000);
            line.append(" ").append(count).append(" ".repeat(random.nextInt(3)));
            assertEquals(isOwn ? count : 0, drops("127.0.0.1", line.toString()), line.toString());
        }
    }

    /** A connected socket, and the unconnected one that shares its port (Linux 6.18). */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.2, 0100007F, 0200007F",
        "127.0.0.1, 127.0.0.2, 0000000000000000FFFF00000100007F, 0000000000000000FFFF00000200007F",
        "::1, 2001:db8::1, 00000000000000000000000001000000, B80D0120000000000000000001000000"
    })
    void findsAConnectedSocketByBothAddresses(
            String local, String peer, String localColumn, String peerColumn) {
        String end = " 01 00000000:00000000 00:00000000 00000000     0        0 14667359 2 0 ";
        String any = localColumn.replaceAll("[0-9A-F]", "0");
        KernelDrops drops =
                KernelDrops.of(
                        HEADER
                                + "\n 6557: "
                                + localColumn
                                + ":22B8 "
                                + peerColumn
                                + ":0009"
                                + end
                                + "41\n 6557: "
                                + any
                                + ":22B8 "
                                + any
                                + ":0000"
                                + end
                                + "7\n");
        InetSocketAddress port = new InetSocketAddress(InetAddress.ofLiteral(peer), 9);
        assertEquals(OptionalLong.of(41), drops.of(address(local), port));
        assertEquals(OptionalLong.empty(), drops.of(address(local), address(peer)));
        assertEquals(OptionalLong.empty(), drops.of(address("127.0.0.3"), port));
    }

    @Test
    void readsAnOwnSocket() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/net/udp")), "no /proc");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"))) {
            InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
            assertEquals(OptionalLong.empty(), KernelDrops.read().of(local, address("127.0.0.1")));
            socket.connect(address("127.0.0.1"));
            assertEquals(OptionalLong.of(0), KernelDrops.read().of(local, address("127.0.0.1")));
        }
    }

    @Test
    void tableOfAnotherFormatHasNoSockets() {
        for (String table : List.of("", "\n", HEADER, "a b c\n", " 1: 0100007F:22B8 0 1\n")) {
            assertEquals(
                    OptionalLong.empty(),
                    KernelDrops.of(table).of(address("127.0.0.1"), address("127.0.0.1")));
        }
    }

    private static long drops(String address, String... table) {
        return KernelDrops.of(String.join("\n", table)).total(List.of(address(address)));
    }

    private static InetSocketAddress address(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 8888);
    }

    private static String line(String local, long drops) {
        String peer = local.replaceAll("[0-9A-F]", "0");
        return " 9876: "
                + local
                + " "
                + peer
                + " 07 00000000:00000000 00:00000000 00000000  1000        0 2954"
                + drops
                + " 2 ffff8a2c4d5e6f00 "
                + drops
                + "     ";
    }
}
