package net.launcher;

import net.launcher.command.Command;
import net.launcher.command.Invocation;
import net.launcher.server.ServerOptions;
import net.launcher.server.ServerRun;
import net.protocol.Transport;
import net.server.TcpServer;
import net.server.TcpServerConfig;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

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
    public int run(OutputStream out, PrintStream err, String... args) {
        Command command =
                new Command(
                                name(),
                                "Serves TCP clients. Unless told otherwise it greets each one,"
                                    + " takes one message from it, prints the message as a line,"
                                    + " and closes, which tells the client that it is recorded.")
                        .endpoints("Where to listen");
        return ServerOptions.add(Transport.TCP, command)
                .server(
                        "  tcp-server                    on localhost:8888",
                        "  tcp-server :9000              on all addresses, port 9000",
                        "  tcp-server --deny @bad.txt :9000    but not for those in bad.txt",
                        "  tcp-server --service echo     returns what comes",
                        "  tcp-server --service receive --output log.txt --sync",
                        "                                a message a line, safe on the disk",
                        "  tcp-server --format json ::1 0    on a free port, told in the first"
                                + " line")
                .run(this::serve, out, err, args);
    }

    private int serve(Invocation invocation) throws IOException {
        ServerOptions options = new ServerOptions(Transport.TCP, invocation);
        TcpServerConfig config = options.tcp();
        return serve(
                new ServerRun(options),
                (listener, filter) ->
                        TcpServer.start(config.toBuilder().filter(filter).build(), listener));
    }
}
