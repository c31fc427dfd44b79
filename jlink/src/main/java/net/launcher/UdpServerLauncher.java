package net.launcher;

import net.launcher.command.Invocation;
import net.launcher.server.ServerOptions;
import net.launcher.server.ServerRun;
import net.protocol.Service;
import net.protocol.Transport;
import net.server.UdpServer;
import net.server.UdpServerConfig;

import java.io.IOException;
import java.util.Map;

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
        Map<Service, UdpServerConfig> configs = options.udp();
        ServerRun run = new ServerRun(options);
        return serve(
                run,
                (service, listener, filter) -> {
                    UdpServerConfig config = configs.get(service);
                    return UdpServer.start(
                            config.toBuilder()
                                    .service(run.counted(service, config.service()))
                                    .filter(filter)
                                    .build(),
                            listener);
                });
    }
}
