package net.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Format;
import net.launcher.server.ServerOptions;
import net.protocol.Transport;
import net.server.TcpServerConfig;
import net.server.UdpServerConfig;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Parses command lines of servers without starting them. */
public final class ServerProbe {
    private ServerProbe() {}

    private static <T> int run(
            Transport transport,
            AtomicReference<T> value,
            Function<ServerOptions, T> read,
            CapturedOutput err,
            String... args) {
        Command command = new Command("probe", "Tries.").serviceEndpoints("Address");
        return ServerOptions.add(transport, command)
                .complete(Format.values())
                .run(
                        invocation -> {
                            value.set(read.apply(new ServerOptions(transport, invocation)));
                            return Exit.OK;
                        },
                        new CapturedOutput(),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        args);
    }

    public static <T> T read(Transport transport, Function<ServerOptions, T> read, String... args) {
        AtomicReference<T> value = new AtomicReference<>();
        CapturedOutput err = new CapturedOutput();
        assertEquals(Exit.OK, run(transport, value, read, err, args), err::text);
        return value.get();
    }

    public static TcpServerConfig tcp(String... args) {
        return read(Transport.TCP, options -> options.tcp().values().iterator().next(), args);
    }

    public static UdpServerConfig udp(String... args) {
        return read(Transport.UDP, options -> options.udp().values().iterator().next(), args);
    }

    public static long count(String... args) {
        return read(Transport.UDP, ServerOptions::count, args);
    }

    public static void assertRefused(Transport transport, String message, String... args) {
        Function<ServerOptions, Object> read =
                options -> {
                    Object config = transport == Transport.TCP ? options.tcp() : options.udp();
                    return config.toString() + options.count() + options.rules();
                };
        CapturedOutput err = new CapturedOutput();
        assertEquals(Exit.USAGE, run(transport, new AtomicReference<>(), read, err, args));
        assertEquals("probe: " + message + " (see probe --help)\n", err.text());
    }
}
