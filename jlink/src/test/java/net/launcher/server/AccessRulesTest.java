package net.launcher.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.server.access.AddressFilter;
import net.server.access.AddressSet;
import net.server.access.CidrBlock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The access rules of {@code --allow} and {@code --deny}. */
@Timeout(60)
class AccessRulesTest {
    @TempDir private Path folder;

    private static AccessRules allow(String... entries) {
        return new AccessRules(List.of(entries), List.of());
    }

    private static AccessRules deny(String... entries) {
        return new AccessRules(List.of(), List.of(entries));
    }

    private static boolean permits(AddressFilter filter, String address) {
        return filter.permits(InetAddress.ofLiteral(address));
    }

    private static AddressSet set(String... blocks) {
        List<CidrBlock> all = new ArrayList<>();
        for (String block : blocks) {
            all.add(CidrBlock.parse(block));
        }
        return AddressSet.of(all);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rules.txt"), text);
    }

    private static String refusal(AccessRules rules) {
        return assertThrows(IllegalArgumentException.class, rules::load).getMessage();
    }

    private static String refusal(String... entries) {
        return assertThrows(IllegalArgumentException.class, () -> allow(entries)).getMessage();
    }

    @Test
    void permitsAllWithoutRules() throws IOException {
        AccessRules none = allow();
        assertFalse(none.isGiven());
        assertFalse(none.needsReload());
        assertEquals(AddressFilter.PERMIT_ALL, none.load());
        assertTrue(permits(none.load(), "192.0.2.1"));
        assertTrue(permits(none.load(), "2001:db8::1"));
    }

    @Test
    void allowsAndDeniesAddressesAndBlocks() throws IOException {
        AccessRules rules =
                new AccessRules(
                        List.of("192.0.2.0/24", "2001:db8::1"), List.of("192.0.2.7", "::/0"));
        assertTrue(rules.isGiven());
        assertFalse(rules.needsReload());
        AddressFilter filter = rules.load();
        assertTrue(permits(filter, "192.0.2.6"));
        assertFalse(permits(filter, "192.0.2.7"), "denied");
        assertFalse(permits(filter, "192.0.3.1"), "not allowed");
        assertFalse(permits(filter, "2001:db8::1"), "allowed and denied");
        assertEquals(new AddressFilter(AddressSet.ALL, set("::1")), deny("::1").load());
        assertTrue(deny("::1").isGiven());
        assertEquals(new AddressFilter(set("::1"), AddressSet.NONE), allow("::1").load());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/33 | prefix length must be from 0 to 32: 10.0.0.0/33",
                "::/129 | prefix length must be from 0 to 128: ::/129",
                "foo! | entry must be an address, a block such as 10.0.0.0/8, or a name: foo!",
                "8888 | entry must be an address, a block such as 10.0.0.0/8, or a name: 8888",
                "10.0.0 | entry must be an address, a block such as 10.0.0.0/8, or a name: 10.0.0",
                "' a' | entry must be an address, a block such as 10.0.0.0/8, or a name:  a",
                "* | entry must be an address, a block such as 10.0.0.0/8, or a name: *"
            })
    void rejectsInvalidEntriesAtOnce(String entry, String message) {
        assertEquals("--allow: " + message, refusal("::1", entry, "::2"));
        assertEquals("--allow: " + message, refusal("name.invalid", "@missing", entry));
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> deny(entry));
        assertEquals("--deny: " + message, refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "host.invalid/8", "[::1]", "10.0.0.1:80", "::1/x", "1/8"})
    void rejectsInvalidBlocksAtOnce(String entry) {
        String refusal = refusal(entry);
        assertTrue(refusal.matches("--allow: [a-z].* must .*"), refusal);
        assertTrue(refusal.endsWith(": " + entry), refusal);
    }

    @Test
    void cutsALongEntryInAnError() throws IOException {
        for (String entry : List.of("a".repeat(5000), "1/".repeat(2500))) {
            assertTrue(refusal(entry).length() <= 303, refusal(entry));
            String inFile = refusal(allow("@" + file(entry)));
            assertTrue(inFile.startsWith("--allow: " + folder + "/rules.txt:1:1: "), inFile);
            assertTrue(inFile.length() <= 303, inFile);
        }
    }

    @Test
    void rejectsAnEmptyFileName() {
        assertEquals("--allow must name a file: @", refusal("@"));
    }

    @Test
    void includesTheEntriesOfAFile() throws IOException {
        Path file = file("192.0.2.0/24 # all of it\r\n\t2001:db8::1, 2001:db8::2\n#::1\n127.0.0.1");
        AddressSet listed = set("192.0.2.0/24", "2001:db8::1", "2001:db8::2", "127.0.0.1");
        assertEquals(new AddressFilter(listed, AddressSet.NONE), allow("@" + file).load());
        assertEquals(new AddressFilter(AddressSet.ALL, listed), deny("@" + file).load());
        Path other = Files.writeString(folder.resolve("other"), "::5");
        assertEquals(
                set("::4", "::5", "192.0.2.0/24", "2001:db8::1", "2001:db8::2", "127.0.0.1"),
                allow("@" + file, "::4", "@" + other).load().allowed());
    }

    @ParameterizedTest
    @CsvSource({"1.1.1.1, 500000", "'::1', 500000", "a, 1000"})
    void rejectsAListBeyondItsLimit(String entry, int most) throws IOException {
        Path file = folder.resolve("rules.txt");
        Files.writeString(file, (entry + "\n").repeat(most + 1));
        assertEquals(
                "--deny: "
                        + file
                        + ":"
                        + (most + 1)
                        + ":1: list must have at most 500000 addresses and blocks, and 1000 names",
                refusal(deny("@" + file)));
    }

    @Test
    void emptyFileHasNoEntries() throws IOException {
        String empty = "@" + file("# empty\n");
        assertTrue(allow(empty).isGiven());
        assertEquals(new AddressFilter(AddressSet.NONE, AddressSet.NONE), allow(empty).load());
        assertFalse(permits(allow(empty).load(), "127.0.0.1"));
        assertTrue(deny(empty).isGiven());
        assertEquals(AddressFilter.PERMIT_ALL, deny(empty).load());
    }

    @Test
    void readsTheFileAtEachLoad() throws IOException {
        AccessRules rules = deny("@" + file("192.0.2.1"), "::1");
        assertTrue(rules.needsReload());
        assertEquals(set("192.0.2.1", "::1"), rules.load().denied());
        file("192.0.2.2");
        assertEquals(set("192.0.2.2", "::1"), rules.load().denied());
        file("192.0.2.2/");
        assertThrows(IllegalArgumentException.class, rules::load);
        file("");
        assertEquals(set("::1"), rules.load().denied());
        Files.delete(folder.resolve("rules.txt"));
        assertEquals(
                "--deny: read " + folder + "/rules.txt failed: no such file or directory",
                refusal(rules));
    }

    @ParameterizedTest
    @CsvSource({
        "1:1, '10.0.0.0/33'",
        "1:1, '10.0.0.0/33,::1'",
        "2:2, '::1\n\t10.0.0.0/33\n::2'",
        "3:10, '# é😀\r\n::1 # é\r\n \t::1 ,\t,10.0.0.0/33#x\r\n'",
        "1:5, '::1,10.0.0.0/33 20.0.0.0/33'"
    })
    void reportsThePlaceOfAnInvalidEntry(String place, String text) throws IOException {
        Path file = file(text);
        String message = file + ":" + place + ": prefix length must be from 0 to 32: 10.0.0.0/33";
        assertEquals("--allow: " + message, refusal(allow("@" + file)));
        assertEquals("--deny: " + message, refusal(deny("@" + file)));
    }

    @Test
    void escapesAnInvalidEntryOfAFile() throws IOException {
        Path file = file("ok.invalid a\u001b[31m\rb\n");
        String refusal = refusal(allow("@" + file));
        assertEquals(
                "--allow: "
                        + file
                        + ":1:12: entry must be an address, a block such as 10.0.0.0/8, or a name:"
                        + " a\u001b[31m\rb",
                refusal);
    }

    @Test
    void rejectsAFileWithinAFile() throws IOException {
        for (String entry : List.of("@other", "@/other", "@")) {
            Path file = file("::1\n" + entry);
            assertEquals(
                    "--allow: " + file + ":2:1: file must not include another file: " + entry,
                    refusal(allow("@" + file)));
        }
    }

    @Test
    void resolvesANameToAllItsAddresses() throws IOException {
        AccessRules rules = allow("localhost");
        assertTrue(rules.isGiven());
        assertTrue(rules.needsReload());
        AddressFilter filter = rules.load();
        InetAddress[] addresses = InetAddress.getAllByName("localhost");
        assertTrue(addresses.length > 0);
        for (InetAddress address : addresses) {
            assertTrue(filter.permits(address), address::toString);
        }
        assertFalse(permits(filter, "192.0.2.1"));
        assertEquals(filter, allow("@" + file("LOCALHOST")).load());
        assertEquals(filter.allowed(), deny("localhost").load().denied());
    }

    /** The name is reserved by RFC 2606, section 2. */
    @Test
    void reportsThePlaceOfAnUnknownName() throws IOException {
        UnknownHostException failure =
                assertThrows(UnknownHostException.class, allow("::1", "name.invalid")::load);
        assertEquals("--allow: name not found: name.invalid", failure.getMessage());
        Path file = file("::1\n::2, name.invalid");
        failure = assertThrows(UnknownHostException.class, deny("@" + file)::load);
        assertEquals(
                "--deny: " + file + ":2:6: name not found: name.invalid", failure.getMessage());
    }

    @Test
    void readsAllFilesBeforeLookups() throws IOException {
        String bad = "@" + file("name.invalid\n::1/129");
        AccessRules names = new AccessRules(List.of("name.invalid"), List.of(bad));
        assertEquals(
                "--deny: "
                        + folder
                        + "/rules.txt:2:1: prefix length must be from 0 to 128: ::1/129",
                refusal(names));
    }

    @Test
    void interruptEndsTheWaitForAFile() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, allow("@" + fifo)::load);
        assertTrue(Thread.interrupted());
        Files.newOutputStream(fifo).close();
    }

    @Test
    void loadsHundredThousandEntriesQuickly() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            text.append("10.").append(i >> 16).append('.').append(i >> 8 & 0xFF).append('.');
            text.append(i & 0xFF).append(i % 2 == 0 ? "\n" : "/32 # odd\n");
        }
        AccessRules rules = allow("@" + file(text.toString()));
        AddressFilter filter = assertTimeout(Duration.ofSeconds(5), rules::load);
        assertTrue(permits(filter, "10.0.0.0"));
        assertTrue(permits(filter, "10.1.134.159"), "the last one");
        assertFalse(permits(filter, "10.1.134.160"));
        assertFalse(permits(filter, "9.255.255.255"));
    }
}
