package net.launcher;

import net.launcher.command.Invocation;
import net.launcher.server.ServerOptions;
import net.launcher.server.ServerRun;
import net.protocol.Transport;
import net.server.UdpServer;
import net.server.UdpServerConfig;

import java.io.IOException;

/** {@code udp-server}. */
public final class UdpServerLauncher extends ServerLauncher {
    public static void main(String... args) {
        Program.exit(new UdpServerLauncher(), args);
    }

    @Override
    public String name() {
        return "udp-server";
    }

    @Override
    Transport transport() {
        return Transport.UDP;
    }

    @Override
    int serve(Invocation invocation) throws IOException {
        ServerOptions options = new ServerOptions(Transport.UDP, invocation);
        UdpServerConfig config = options.udp();
        ServerRun run = new ServerRun(options);
        UdpServerConfig.Builder builder = config.toBuilder().service(run.counted(config.service()));
        return serve(
                run,
                (listener, filter) -> UdpServer.start(builder.filter(filter).build(), listener));
    }
}
