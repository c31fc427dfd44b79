package net.launcher;

import net.protocol.Service;
import net.protocol.Transport;
import net.server.TcpServer;
import net.server.TcpServerConfig;

import java.io.OutputStream;
import java.io.PrintStream;

/** {@code tcp-server}. */
final class TcpServerLauncher {
    private static final String NAME = "tcp-server";

    private TcpServerLauncher() {}

    public static void main(String... args) {
        Program.exit(TcpServerLauncher::run, NAME, TcpServerConfig.DEFAULT_DRAIN, args);
    }

    static int run(OutputStream out, PrintStream err, String... args) {
        return new Command(
                        NAME,
                        "Greets each TCP client, takes one message from it, prints the message as a"
                                + " line, and closes, which tells the client that it is recorded.")
                .endpoint("Where to listen")
                .server(
                        "  tcp-server                    on localhost:8888",
                        "  tcp-server :9000              on all addresses, port 9000",
                        "  tcp-server --format json ::1 0    on a free port, told in the first"
                                + " line")
                .run(
                        invocation ->
                                ServerRun.run(
                                        Transport.TCP, Service.GREET, TcpServer::start, invocation),
                        out,
                        err,
                        args);
    }
}
