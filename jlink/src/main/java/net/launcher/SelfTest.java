package net.launcher;

import net.launcher.command.Exit;
import net.launcher.command.Invocation;
import net.launcher.output.Format;
import net.launcher.selftest.ExchangeCheck;
import net.launcher.selftest.Launchers;
import net.launcher.selftest.RunCheck;
import net.launcher.selftest.SelfTestCommand;
import net.launcher.selftest.SelfTestReport;
import net.launcher.selftest.ServiceCheck;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.List;

/**
 * The {@code selftest} launcher: runs the servers and clients of the image against each other. It
 * shows that the image works on a machine, and is the training run of its AOT cache.
 */
final class SelfTest implements Launcher {
    /** A loopback address. */
    private enum Family {
        IPV4("127.0.0.1", "IPv4"),
        IPV6("::1", "IPv6");

        private final String host;
        private final String label;

        Family(String host, String label) {
            this.host = host;
            this.label = label;
        }

        /** Returns whether this machine has the address; may be false if /proc is missing. */
        boolean isAvailable() {
            try (ServerSocketChannel channel = ServerSocketChannel.open()) {
                channel.bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
                return true;
            } catch (IOException | UnsupportedAddressTypeException expected) {
                return false;
            }
        }
    }

    private static final Launchers LAUNCHERS = new ImageLaunchers();

    public static void main(String... args) {
        Program.exit(new SelfTest(), args);
    }

    @Override
    public String name() {
        return SelfTestCommand.NAME;
    }

    @Override
    public Duration grace() {
        return Duration.ZERO;
    }

    @Override
    public int run(OutputStream out, PrintStream err, String... args) {
        return SelfTestCommand.of(SelfTestCommand.NAME)
                .siblings(new ImageCommands())
                .run(SelfTest::run, out, err, args);
    }

    private static int run(Invocation invocation) throws IOException {
        boolean isWarmUp = invocation.options().hasMatchedOption(SelfTestCommand.WARM_UP);
        if (isWarmUp && invocation.options().originalArgs().size() > 1) {
            throw new IllegalArgumentException(
                    SelfTestCommand.WARM_UP + " must be the only option");
        }
        SelfTestReport report = SelfTestReport.start(invocation);
        try {
            for (Transport transport : Transport.values()) {
                for (Family family : Family.values()) {
                    exchange(transport, family, report);
                }
            }
            services(report);
            report.check(
                    "TCP by name, text",
                    () ->
                            new ExchangeCheck(
                                            LAUNCHERS,
                                            Transport.TCP,
                                            Protocol.DEFAULT_HOST,
                                            Format.TEXT)
                                    .run());
            report.check(
                    "TCP denied, text",
                    () ->
                            new ExchangeCheck(LAUNCHERS, Transport.TCP, anyHost(), Format.TEXT)
                                    .runDenied());
            report.check(
                    "TCP refusal, text",
                    () ->
                            new ExchangeCheck(
                                            LAUNCHERS, Transport.TCP, Family.IPV4.host, Format.TEXT)
                                    .runRefused());
        } catch (InterruptedException expected) {
            report.summary();
            return Exit.INTERRUPTED;
        }
        return report.summary() ? Exit.OK : Exit.NETWORK;
    }

    private static void exchange(Transport transport, Family family, SelfTestReport report)
            throws IOException, InterruptedException {
        boolean available = family.isAvailable();
        for (Format format : List.of(Format.TEXT, Format.JSON)) {
            String check = transport + " over " + family.label + ", " + format;
            if (available) {
                report.check(
                        check,
                        () -> new ExchangeCheck(LAUNCHERS, transport, family.host, format).run());
            } else {
                report.skip(check, "no " + family.label);
            }
        }
    }

    /** Checks each service other than the default one whose effect can be observed. */
    private static void services(SelfTestReport report) throws IOException, InterruptedException {
        String host = anyHost();
        for (Transport transport : Transport.values()) {
            for (Service service : Service.values()) {
                boolean isOther = service != Service.GREET && service.isOver(transport);
                boolean isSilent = service == Service.RECEIVE || service == Service.DISCARD;
                if (isOther && !(transport == Transport.UDP && isSilent)) {
                    service(transport, service, host, report);
                }
            }
        }
        report.check(
                "UDP echo, all addresses",
                () ->
                        new RunCheck(LAUNCHERS, Transport.UDP, Service.ECHO, host, Format.TEXT)
                                .runOnAllAddresses());
        for (Transport transport : Transport.values()) {
            report.check(
                    transport + " connect, text",
                    () -> new ExchangeCheck(LAUNCHERS, transport, host, Format.TEXT).runConnect());
        }
    }

    private static void service(
            Transport transport, Service service, String host, SelfTestReport report)
            throws IOException, InterruptedException {
        String check = transport + " " + service.label();
        if (service == Service.DISCARD || service == Service.CHARGEN) {
            report.check(check, () -> new ServiceCheck(LAUNCHERS, service, host).run());
            return;
        }
        for (Format format : List.of(Format.TEXT, Format.JSON)) {
            report.check(
                    check + ", " + format,
                    () -> new RunCheck(LAUNCHERS, transport, service, host, format).run());
        }
    }

    private static String anyHost() {
        return Family.IPV4.isAvailable() ? Family.IPV4.host : Family.IPV6.host;
    }
}
