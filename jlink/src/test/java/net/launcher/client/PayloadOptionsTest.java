package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.run.Payload;
import net.launcher.InvocationProbe;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

class PayloadOptionsTest {
    @TempDir private Path folder;

    private static InvocationProbe<Payload> of(Transport transport) {
        return new InvocationProbe<>(
                command -> RunOptions.add(transport, command.targets("Server")),
                invocation -> {
                    try {
                        return new RunOptions(transport, invocation).config().payload();
                    } catch (InterruptedIOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static final InvocationProbe<Payload> TCP = of(Transport.TCP);
    private static final InvocationProbe<Payload> UDP = of(Transport.UDP);

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("payload"), text).toString();
    }

    private String sparse(long size) throws Exception {
        Path file = folder.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(size);
        }
        return file.toString();
    }

    @Test
    void messageIsItsBytesInUtf8() {
        assertEquals(Payload.of(new byte[] {(byte) 0xC3, (byte) 0xBC}), TCP.parse("-m", "ü"));
        assertEquals(Payload.of(""), UDP.parse("--message="));
        assertEquals(2000, TCP.parse("--service=echo", "-m", "a".repeat(2000)).size());
    }

    @Test
    void fileIsReadWhole() throws Exception {
        assertEquals(Payload.of("a\nb\r\n"), TCP.parse("--file", file("a\nb\r\n")));
        assertEquals(16_777_216, TCP.parse("--service=echo", "--file", sparse(16_777_216)).size());
    }

    @Test
    void fileThatIsTooLargeOrNotThereIsRefused() throws Exception {
        String large = sparse(16_777_217);
        TCP.assertRefused(
                "--file: file must be at most 16M: " + large, "--service=echo", "--file", large);
        String absent = folder.resolve("absent").toString();
        TCP.assertRefused(
                "--file: read " + absent + " failed: no such file or directory", "--file", absent);
        TCP.assertRefused(
                "--file: read " + folder + " failed: is a directory", "--file", folder.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, --service=echo --size=1, 1",
        "TCP, --service=echo --size=1M, 1048576",
        "TCP, --service=echo --size=16M, 16777216",
        "TCP, --size=1024, 1024",
        "TCP, --service=receive -s 1K, 1024",
        "UDP, --size=1024, 1024",
        "UDP, --service=echo -s 1, 1",
        "UDP, --service=echo -s 65507, 65507",
        "UDP, --service=echo -s 16 -c 2, 0",
        "UDP, --service=echo -s 17 -t 1s, 1",
        "UDP, --service=echo -s 65507 --warmup 1, 65491",
        "UDP, --service=stamp -s 44, 44",
        "UDP, --service=stamp -s 65507 -c 9, 65507",
        "UDP, --service=stamp, 44"
    })
    void sizeIsThatOfAPatternWithTheMarkThatTellsDatagramsApart(
            Transport transport, String args, int size) {
        InvocationProbe<Payload> probe = transport == Transport.TCP ? TCP : UDP;
        assertEquals(Payload.pattern(size), probe.parse(args.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TCP | -s 1025 | message must be at most 1024 bytes: 1025",
                "TCP | --service receive -s 1025 | line must be at most 1024 bytes: 1025",
                "TCP | --service echo -s 16777217"
                        + " | --size must be a size from 1 to 16M, such as 64K or 1M: 16777217",
                "TCP | --service echo -s 0"
                        + " | --size must be a size from 1 to 16M, such as 64K or 1M: 0",
                "TCP | --service echo --message= | payload to echo must not be empty: 0",
                "UDP | -s 1025 | message must be at most 1024 bytes: 1025",
                "UDP | --service echo -s 65508"
                        + " | --size must be a size from 1 to 65507, such as 64K or 1M: 65508",
                "UDP | --service echo -s 15 -c 2"
                        + " | --size must be at least 16 bytes for a run of echo over udp: 15",
                "UDP | --service stamp -s 43 | --size must be at least 44 bytes for stamp: 43",
                "UDP | --service stamp -m hi | --message cannot be used with --service" + " stamp",
                "UDP | --service stamp --file - | --file cannot be used with --service" + " stamp",
                "TCP | -m a --file b | --file cannot be used with --message",
                "TCP | -s 5 -m a | --size cannot be used with --message",
                "TCP | -s 5 --file a | --size cannot be used with --file"
            })
    void whatTheServiceDoesNotTakeIsRefused(Transport transport, String args, String message) {
        (transport == Transport.TCP ? TCP : UDP).assertRefused(message, args.split(" "));
    }

    @Test
    void longMessageIsRefusedForARecordAlone() {
        TCP.assertRefused("message must be at most 1024 bytes: 1025", "-m", "a" + "ü".repeat(512));
        String lines = "a".repeat(1024) + "\n" + "b".repeat(1024);
        assertEquals(2049, TCP.parse("--service=receive", "-m", lines).size());
    }
}
