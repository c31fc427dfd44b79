package net.launcher;

import net.protocol.Service;
import net.protocol.Transport;
import net.server.Server;
import net.server.UdpServer;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;

/** {@code udp-server}. */
final class UdpServerLauncher implements Launcher {
    public static void main(String... args) {
        Program.exit(new UdpServerLauncher(), args);
    }

    @Override
    public String name() {
        return "udp-server";
    }

    @Override
    public Duration grace() {
        return Server.DEFAULT_DRAIN;
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        return new Command(name(), "Prints each UDP datagram as a line, and never answers.")
                .endpoint("Where to listen")
                .server(
                        "  udp-server                    on localhost:8888",
                        "  udp-server :9000              on all addresses, port 9000",
                        "  udp-server --format json ::1 0    on a free port, told in the first"
                                + " line")
                .run(
                        invocation ->
                                ServerRun.run(
                                        Transport.UDP,
                                        Service.RECEIVE,
                                        UdpServer::start,
                                        invocation),
                        out,
                        err,
                        args);
    }
}
