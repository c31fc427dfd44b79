package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Buffer sizes as reported by servers, compared with those of the kernel. */
class BufferIT {
    private static final Path LIMITS = Path.of("/proc/sys/net/core");

    @BeforeAll
    static void checkTools() {
        Assume.success("ss", "-Version");
        Assume.success("cat", LIMITS.resolve("rmem_max").toString());
    }

    /** Linux doubles the requested size, for its own bookkeeping. */
    private static long granted(String option, long requested) throws IOException {
        // Not readString, whose first read of one byte ends this kind of file.
        long most = Long.parseLong(Files.readAllLines(LIMITS.resolve(option)).getFirst());
        return Math.min(requested, most);
    }

    /** Returns the receive and send buffer sizes that the kernel shows for a socket. */
    private static String kernel(String filter, int port) {
        String sockets = ProcessCommand.sh("ss -Hnm " + filter + " sport = :" + port).run().out();
        Matcher matcher =
                Pattern.compile("skmem:\\(r\\d+,rb(\\d+),t\\d+,tb(\\d+),").matcher(sockets);
        assertTrue(matcher.find(), sockets);
        return matcher.group(1) + " " + matcher.group(2);
    }

    @ParameterizedTest
    @CsvSource({
        "udp, 64K, 65536, 32K, 32768",
        "udp, 1G, 1073741824, 1G, 1073741824",
        "tcp, 64K, 65536, 32K, 32768",
        "tcp, 1G, 1073741824, 1G, 1073741824"
    })
    void whatWasGrantedIsSaid(
            String transport, String receive, long receiveBytes, String send, long sendBytes)
            throws IOException {
        long in = granted("rmem_max", receiveBytes);
        long out = granted("wmem_max", sendBytes);
        try (RunningProcess server =
                ProcessCommand.of(transport + "-server", "--service", "echo", "127.0.0.1", "0")
                        .with("--format", "json", "--verbose")
                        .with("--receive-buffer", receive, "--send-buffer", send)
                        .start()) {
            int port = server.port();
            String listening = server.awaitOut("\"listening\"");
            String sizes = "\"receive_buffer_bytes\":" + in + ",\"send_buffer_bytes\":" + out + ",";
            assertTrue(listening.contains(sizes), () -> sizes + " is not in " + listening);
            assertEquals(
                    transport
                            + ("-server: 127.0.0.1:" + port)
                            + (": receive buffer " + in + " B, send buffer " + out + " B"),
                    server.awaitErr("buffer"));
            String kernel = 2 * in + " " + 2 * out;
            if (transport.equals("udp")) {
                assertEquals(kernel, kernel("--udp --all", port));
            } else {
                try (TcpPeer peer = TcpPeer.connect(port)) {
                    assertEquals("x", peer.write("x").read(1));
                    assertEquals(kernel, kernel("--tcp state established", port));
                }
            }
        }
    }
}
