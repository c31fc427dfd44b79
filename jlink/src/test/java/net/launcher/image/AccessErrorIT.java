package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Servers with invalid access rules: the error names the entry and its place. */
class AccessErrorIT {
    @TempDir private Path folder;

    /** Checks both servers, each with one of the two options. */
    private static void assertRefused(String message, String value) {
        assertEquals(
                new ProcessResult(
                        2, "", "tcp-server: --allow" + message + " (see tcp-server --help)\n"),
                serve("tcp-server", "--allow=" + value));
        assertEquals(
                new ProcessResult(
                        2, "", "udp-server: --deny" + message + " (see udp-server --help)\n"),
                serve("udp-server", "--deny=" + value));
    }

    private static ProcessResult serve(String server, String rules) {
        return ProcessCommand.of(server, rules, "127.0.0.1:0").run();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rules"), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "::ffff:10.0.0.1/120 | block of mapped addresses must be written as IPv4, such as"
                        + " 10.0.0.0/24",
                "10.0.0.0/33 | prefix length must be from 0 to 32",
                "10.0.0.0/ | prefix length must be from 0 to 32",
                "10.0.0.0/255.0.0.0 | prefix length must be from 0 to 32",
                "fe80::1%nosuch | zone must be an interface of this machine",
                "::1%lo | zone must be given only for link-local addresses",
                "127.1 | entry must be an address, a block such as 10.0.0.0/8, or a name",
                "127.0.0.256 | entry must be an address, a block such as 10.0.0.0/8, or a name",
                "what? | entry must be an address, a block such as 10.0.0.0/8, or a name",
                "localhost/8 | address must be a numeric IPv4 or IPv6 address",
                "127.0.0.1:80 | address must be a numeric IPv4 or IPv6 address",
                "/8 | address must be a numeric IPv4 or IPv6 address"
            })
    void invalidEntryExitsWith2(String entry, String message) {
        assertRefused(": " + message + ": " + entry, "::1," + entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "127.0.0.1,", "127.0.0.1,,::1"})
    void emptyPartExitsWith2(String list) {
        assertRefused(" must not have an empty part: " + list, list);
    }

    @Test
    void emptyListExitsWith2() {
        assertRefused(" must not be empty", "");
    }

    @Test
    void emptyFileNameExitsWith2() {
        assertRefused(" must name a file: @", "127.0.0.1,@");
    }

    @Test
    void missingFileOrFolderExitsWith2() {
        Path missing = folder.resolve("missing");
        assertRefused(": read " + missing + " failed: no such file or directory", "@" + missing);
        assertRefused(": read " + folder + " failed: is a directory", "@" + folder);
    }

    @Test
    void unreadableFileExitsWith2() throws IOException {
        // Root may read everything.
        String become = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
        Assume.success("sh", "-c", become + "test -r " + ProcessCommand.IMAGE);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.setPosixFilePermissions(file("127.0.0.1"), Set.of());
        ProcessResult ended =
                ProcessCommand.sh(become + "\"$BIN\"/tcp-server --deny @" + file + " 127.0.0.1:0")
                        .in(Path.of("/"))
                        .run();
        String printed = "tcp-server: --deny: read " + file + " failed: permission denied";
        assertEquals(new ProcessResult(2, "", printed + " (see tcp-server --help)\n"), ended);
    }

    @Test
    void invalidEntryInAFileIsReportedWithLineAndColumn() throws IOException {
        Path file = file("# fine\n::1\n\t127.0.0.1, 10.0.0.0/33 # one too many\n");
        assertRefused(
                ": " + file + ":3:13: prefix length must be from 0 to 32: 10.0.0.0/33",
                "::1,@" + file);
    }

    @Test
    void fileWithinAFileExitsWith2() throws IOException {
        Path file = file("@/etc/passwd");
        assertRefused(
                ": " + file + ":1:1: file must not include another file: @/etc/passwd", "@" + file);
    }

    @Test
    void binaryFileExitsWith2() throws IOException {
        Path file = Files.write(folder.resolve("rules"), new byte[] {'#', '\n', (byte) 0xFF});
        assertRefused(": " + file + ":2: line must be valid UTF-8", "@" + file);
    }

    @Test
    void unknownNameExitsWith1() throws IOException {
        assertEquals(
                new ProcessResult(1, "", "tcp-server: --allow: name not found: nosuch.invalid\n"),
                serve("tcp-server", "--allow=::1,nosuch.invalid"));
        Path file = file("::1\n::2 nosuch.invalid\n");
        String message = file + ":2:5: name not found: nosuch.invalid";
        assertEquals(
                new ProcessResult(1, "", "udp-server: --deny: " + message + "\n"),
                serve("udp-server", "--deny=@" + file));
    }
}
