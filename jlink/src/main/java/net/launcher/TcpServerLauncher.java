package net.launcher;

import net.launcher.command.Invocation;
import net.launcher.server.ServerOptions;
import net.launcher.server.ServerRun;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.ServerListener;
import net.server.TcpServer;
import net.server.TcpServerConfig;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Optional;

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
        Map<Service, TcpServerConfig> configs = options.tcp();
        Optional<ServerSocketChannel> inherited = options.inheritedSocket();
        return serve(
                new ServerRun(options),
                (service, listener, filter) ->
                        start(
                                inherited,
                                configs.get(service).toBuilder().filter(filter).build(),
                                listener));
    }

    private static TcpServer start(
            Optional<ServerSocketChannel> inherited,
            TcpServerConfig config,
            ServerListener listener)
            throws IOException {
        return inherited.isPresent()
                ? TcpServer.start(inherited.get(), config, listener)
                : TcpServer.start(config, listener);
    }
}
