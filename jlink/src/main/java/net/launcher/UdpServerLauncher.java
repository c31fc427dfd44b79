package net.launcher;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.server.ServerOptions;
import net.launcher.server.ServerRun;
import net.protocol.Transport;
import net.server.UdpServer;
import net.server.UdpServerConfig;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

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
    public int run(OutputStream out, PrintStream err, String... args) {
        Command command =
                new Command(
                                name(),
                                "Serves UDP datagrams. Unless told otherwise it prints each one as"
                                        + " a line, and never answers.")
                        .endpoints("Where to listen");
        return ServerOptions.add(Transport.UDP, command)
                .server(
                        "  udp-server                    on localhost:8888",
                        "  udp-server :9000              on all addresses, port 9000",
                        "  udp-server --join 239.1.2.3 :5000    and what that group is sent",
                        "  udp-server --service echo     returns what comes",
                        "  udp-server --service stamp :862   reflects test packets of RFC 8762",
                        "  udp-server --format json ::1 0    on a free port, told in the first"
                                + " line")
                .run(this::serve, out, err, args);
    }

    private int serve(Invocation invocation) throws IOException {
        ServerOptions options = new ServerOptions(Transport.UDP, invocation);
        UdpServerConfig config = options.udp();
        ServerRun run = new ServerRun(options);
        UdpServerConfig.Builder builder = config.toBuilder().service(run.counted(config.service()));
        return serve(
                run,
                (listener, filter) -> UdpServer.start(builder.filter(filter).build(), listener));
    }
}
