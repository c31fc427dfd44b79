package net.server.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class AddressSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                          | ''",
                "10.0.0.0/8                                  | 10.0.0.0/8",
                "::1,10.0.0.0/8                              | 10.0.0.0/8,::1",
                "10.0.0.0/8,10.0.0.0/8,10.9.9.9/8            | 10.0.0.0/8",
                "10.1.0.0/16,10.0.0.0/8,10.2.3.4             | 10.0.0.0/8",
                "10.0.0.0/8,10.0.0.0/16,10.0.0.0             | 10.0.0.0/8",
                "200.0.0.0/8,100.0.0.0/8                     | 100.0.0.0/8,200.0.0.0/8",
                "10.0.0.0/9,10.128.0.0/9                     | 10.0.0.0/9,10.128.0.0/9",
                "ff00::/8,::/8,7f00::/8                      | ::/8,7f00::/8,ff00::/8",
                "0.0.0.0/0,::/0,192.0.2.1,2001:db8::1        | 0.0.0.0/0,::/0",
                "::ffff:10.0.0.1,10.0.0.1                    | 10.0.0.1",
                "fe80::%2/64,fe80::%1/64,fe80::/64           | fe80::/64",
                "fe80::%2/64,fe80::%1/64,fe80::1             | fe80::1,fe80::%1/64,fe80::%2/64",
                "fe80::1%1,fe80::2%1/127,fe80::%1/64,::/128  | ::,fe80::%1/64",
            })
    void textFormIsSortedWithoutNestedBlocks(String text, String canonical) {
        AddressSet set = AddressSet.parse(text);
        assertEquals(canonical, set.toString());
        assertEquals(set, AddressSet.parse(canonical));
        assertEquals(set.hashCode(), AddressSet.parse(canonical).hashCode());
    }

    @Test
    void setsWithDifferentBlocksDiffer() {
        assertNotEquals(AddressSet.parse("10.0.0.0/8"), AddressSet.parse("10.0.0.0/9"));
        assertNotEquals(AddressSet.parse("10.0.0.0/8"), AddressSet.parse("10.0.0.0/8,::1"));
        assertNotEquals(AddressSet.parse("10.0.0.0/8"), AddressSet.NONE);
        assertNotEquals(AddressSet.parse("fe80::1%1"), AddressSet.parse("fe80::1%2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "127.0.0.1", "::", "::1", "fe80::1%3"})
    void allContainsAllAndNoneContainsNone(String address) {
        assertTrue(AddressSet.ALL.contains(InetAddress.ofLiteral(address)));
        assertFalse(AddressSet.NONE.contains(InetAddress.ofLiteral(address)));
    }

    @Test
    void allHasBothFamiliesAndNoneIsEmpty() {
        assertEquals("0.0.0.0/0,::/0", AddressSet.ALL.toString());
        assertEquals("", AddressSet.NONE.toString());
        assertEquals(AddressSet.NONE, AddressSet.parse(""));
        assertEquals(AddressSet.NONE, AddressSet.of(List.of()));
    }

    @Test
    void allOfOneFamilyExcludesTheOther() {
        AddressSet ipv4 = AddressSet.parse("0.0.0.0/0");
        assertTrue(ipv4.contains(InetAddress.ofLiteral("192.0.2.1")));
        assertFalse(ipv4.contains(InetAddress.ofLiteral("2001:db8::1")));
        AddressSet ipv6 = AddressSet.parse("::/0");
        assertTrue(ipv6.contains(InetAddress.ofLiteral("2001:db8::1")));
        assertFalse(ipv6.contains(InetAddress.ofLiteral("192.0.2.1")));
    }

    @Test
    void zonedAddressMatchesItsZoneAndUnzonedBlocks() {
        AddressSet set = AddressSet.parse("fe80::/120,fe80::1:0%2/120,fe80::2:0%3/120");
        assertTrue(set.contains(InetAddress.ofLiteral("fe80::1")));
        assertTrue(set.contains(InetAddress.ofLiteral("fe80::1%2")));
        assertTrue(set.contains(InetAddress.ofLiteral("fe80::1%9")));
        assertTrue(set.contains(InetAddress.ofLiteral("fe80::1:1%2")));
        assertFalse(set.contains(InetAddress.ofLiteral("fe80::1:1%3")));
        assertFalse(set.contains(InetAddress.ofLiteral("fe80::1:1")));
        assertTrue(set.contains(InetAddress.ofLiteral("fe80::2:1%3")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8,                     | ''",
                ",10.0.0.0/8                     | ''",
                "10.0.0.0/8,,::1                 | ''",
                ",                               | ''",
                "10.0.0.0/8, ::1                 | ' ::1'",
                "10.0.0.0/8;::1                  | ",
                "10.0.0.0/8,example.org,nonsense | example.org",
            })
    void rejectsInvalidBlockAndShowsIt(String text, String shown) {
        Exception thrown =
                assertThrows(IllegalArgumentException.class, () -> AddressSet.parse(text));
        assertEquals(
                shown == null
                        ? "prefix length must be from 0 to 32: " + text
                        : "address must be a numeric IPv4 or IPv6 address: " + shown,
                thrown.getMessage());
    }

    @Test
    void rejectsNull() {
        assertThrows(NullPointerException.class, () -> AddressSet.parse(null));
        assertThrows(NullPointerException.class, () -> AddressSet.of(null));
        assertThrows(
                NullPointerException.class,
                () -> AddressSet.of(Collections.singleton((CidrBlock) null)));
        assertThrows(NullPointerException.class, () -> AddressSet.NONE.contains(null));
    }

    @Test
    void copiesTheCollection() {
        List<CidrBlock> blocks = new ArrayList<>(List.of(CidrBlock.parse("10.0.0.0/8")));
        AddressSet set = AddressSet.of(blocks);
        blocks.clear();
        assertTrue(set.contains(InetAddress.ofLiteral("10.0.0.1")));
    }

    /** A bitwise model of a block. */
    private record Model(byte[] bytes, int length, int scope) {
        boolean contains(byte[] address, int zone) {
            if (address.length != bytes.length || scope != 0 && scope != zone) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (bit(address, i) != bit(bytes, i)) {
                    return false;
                }
            }
            return true;
        }

        private static int bit(byte[] bytes, int i) {
            return bytes[i / 8] >> (7 - i % 8) & 1;
        }

        boolean isInside(Model other) {
            return other.length <= length && other.contains(bytes, scope);
        }

        CidrBlock block() throws Exception {
            return CidrBlock.parse(literal(bytes, scope) + "/" + length);
        }
    }

    private static String literal(byte[] bytes, int scope) throws Exception {
        return InetAddress.getByAddress(bytes).getHostAddress() + (scope == 0 ? "" : "%" + scope);
    }

    /**
     * Few values per byte, so that blocks overlap; IPv6 is link-local, so that it may have a zone.
     */
    private static byte[] address(Random random) {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        byte[] values = {0, 1, 127, -128, -1};
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = values[random.nextInt(random.nextBoolean() ? 1 : values.length)];
        }
        if (bytes.length == 16) {
            bytes[0] = (byte) 0xFE;
            bytes[1] = (byte) 0x80;
        }
        return bytes;
    }

    private static Model block(Random random) {
        byte[] bytes = address(random);
        int length = random.nextInt(random.nextInt(8) == 0 ? 0 : 9, bytes.length * 8 + 1);
        return new Model(bytes, length, zone(random, bytes.length == 16 && length >= 9));
    }

    private static int zone(Random random, boolean zoned) {
        return zoned ? random.nextInt(4) : 0;
    }

    /** Returns an address that differs from a block in one bit near the end of its prefix. */
    private static byte[] near(Model block, Random random) {
        byte[] bytes = block.bytes().clone();
        int bit = Math.max(16, block.length() - 1 + random.nextInt(3));
        if (bit < bytes.length * 8) {
            bytes[bit / 8] ^= (byte) (1 << (7 - bit % 8));
        }
        return bytes;
    }

    @Test
    void agreesWithAModel() throws Exception {
        Random random = new Random(4632);
        int inside = 0;
        for (int round = 0; round < 500; round++) {
            List<Model> models = new ArrayList<>();
            List<CidrBlock> blocks = new ArrayList<>();
            int size = random.nextInt(40);
            for (int i = 0; i < size; i++) {
                Model model = block(random);
                models.add(model);
                blocks.add(model.block());
            }
            AddressSet set = AddressSet.of(blocks);
            for (int i = 0; i < 40; i++) {
                byte[] bytes =
                        models.isEmpty() || i % 4 == 0
                                ? address(random)
                                : near(models.get(random.nextInt(models.size())), random);
                int zone = zone(random, bytes.length == 16);
                boolean expected = models.stream().anyMatch(each -> each.contains(bytes, zone));
                String literal = literal(bytes, zone);
                assertEquals(
                        expected,
                        set.contains(InetAddress.ofLiteral(literal)),
                        () -> literal + " in " + blocks);
                inside += expected ? 1 : 0;
            }
            assertOutermost(models, set);
            assertSameInAnotherOrder(blocks, set, random);
        }
        assertTrue(inside > 5_000 && inside < 15_000, "both answers are met: " + inside);
    }

    private static void assertOutermost(List<Model> models, AddressSet set) throws Exception {
        List<String> outermost = new ArrayList<>();
        for (Model model : models) {
            if (models.stream().allMatch(e -> !model.isInside(e) || e.isInside(model))) {
                outermost.add(model.block().toString());
            }
        }
        List<String> printed =
                set.equals(AddressSet.NONE) ? List.of() : Arrays.asList(set.toString().split(","));
        assertEquals(
                outermost.stream().distinct().sorted().toList(),
                printed.stream().sorted().toList());
    }

    private static void assertSameInAnotherOrder(
            List<CidrBlock> blocks, AddressSet set, Random random) {
        List<CidrBlock> shuffled = new ArrayList<>(blocks);
        if (!blocks.isEmpty()) {
            shuffled.add(blocks.get(random.nextInt(blocks.size())));
        }
        Collections.shuffle(shuffled, random);
        AddressSet other = AddressSet.of(shuffled);
        assertEquals(set, other);
        assertEquals(set.hashCode(), other.hashCode());
        assertEquals(set.toString(), other.toString());
        assertEquals(set, AddressSet.parse(set.toString()));
    }

    /** Every second address of each family, and a block around the first ones. */
    @Test
    void handles100000Blocks() throws Exception {
        List<CidrBlock> blocks = new ArrayList<>();
        for (int i = 0; i < 100_000; i += 2) {
            blocks.add(CidrBlock.of(ipv4(i)));
            blocks.add(CidrBlock.of(ipv6(i)));
        }
        Collections.shuffle(blocks, new Random(100_000));
        AddressSet set = AddressSet.of(blocks);
        blocks.add(CidrBlock.parse("10.0.0.0/24"));
        AddressSet more = AddressSet.of(blocks);
        for (int i = -1; i < 100_001; i++) {
            boolean even = i >= 0 && i < 100_000 && i % 2 == 0;
            assertEquals(even, set.contains(ipv4(i)), "IPv4 " + i);
            assertEquals(even, set.contains(ipv6(i)), "IPv6 " + i);
            assertEquals(even || i >= 0 && i < 256, more.contains(ipv4(i)), "IPv4 " + i);
            assertEquals(even, more.contains(ipv6(i)), "IPv6 " + i);
        }
        assertEquals(100_000, set.toString().split(",").length);
        assertEquals(100_000 - 128 + 1, more.toString().split(",").length);
        assertEquals(more, AddressSet.parse(more.toString()));
    }

    private static InetAddress ipv4(int i) throws Exception {
        return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt((10 << 24) + i).array());
    }

    /** Counts across the boundary of the two 64-bit halves. */
    private static InetAddress ipv6(int i) throws Exception {
        long count = i + 0x20010DB8_00000000L;
        ByteBuffer bytes = ByteBuffer.allocate(16).putLong(count >> 8).putLong(count << 56);
        return InetAddress.getByAddress(bytes.array());
    }
}
