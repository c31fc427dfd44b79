package net.launcher;

import net.launcher.client.ClientCommand;
import net.launcher.command.Invocation;
import net.protocol.Transport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** {@code tcp-client}. */
public final class TcpClientLauncher extends ClientLauncher {
    public static void main(String... args) {
        Program.exit(new TcpClientLauncher(), args);
    }

    @Override
    public String name() {
        return "tcp-client";
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        return ClientCommand.of(Transport.TCP)
                .siblings(new ImageCommands())
                .run(this::exchange, out, err, args);
    }

    private int exchange(Invocation invocation) throws IOException {
        return exchange(Transport.TCP, invocation);
    }
}
