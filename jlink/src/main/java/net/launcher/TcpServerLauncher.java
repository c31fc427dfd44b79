package net.launcher;

import net.launcher.command.Invocation;
import net.launcher.server.ServerOptions;
import net.launcher.server.ServerRun;
import net.protocol.Transport;
import net.server.TcpServer;
import net.server.TcpServerConfig;

import java.io.IOException;

/** {@code tcp-server}. */
public final class TcpServerLauncher extends ServerLauncher {
    public static void main(String... args) {
        Program.exit(new TcpServerLauncher(), args);
    }

    @Override
    public String name() {
        return "tcp-server";
    }

    @Override
    Transport transport() {
        return Transport.TCP;
    }

    @Override
    int serve(Invocation invocation) throws IOException {
        ServerOptions options = new ServerOptions(Transport.TCP, invocation);
        TcpServerConfig config = options.tcp();
        return serve(
                new ServerRun(options),
                (listener, filter) ->
                        TcpServer.start(config.toBuilder().filter(filter).build(), listener));
    }
}
