package net.launcher;

import net.protocol.Service;
import net.protocol.Transport;
import net.server.Server;
import net.server.TcpServer;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/** {@code tcp-server}. */
final class TcpServerLauncher implements Launcher {
    public static void main(String... args) {
        Program.exit(new TcpServerLauncher(), args);
    }

    @Override
    public String name() {
        return "tcp-server";
    }

    @Override
    public Duration grace() {
        return Server.DEFAULT_DRAIN;
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        return new Command(
                        name(),
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
