package net.launcher.client;

import static net.launcher.command.OptionGroup.LOAD;

import net.client.run.RunConfig;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.command.Invocation;
import net.launcher.command.value.ByteSize;
import net.launcher.command.value.RateParser;
import net.protocol.Service;
import net.protocol.Transport;

import java.util.Optional;

/** The options of runs that measure throughput. */
record BulkOptions(Transport transport, Invocation invocation, Service service) {
    static void add(Transport transport, Command command) {
        addBulk(transport, command);
        addBandwidth(transport, command);
    }

    private static void addBulk(Transport transport, Command command) {
        if (transport == Transport.UDP) {
            command.flag(LOAD, ClientModes.BULK)
                    .requires(Service.ECHO, Service.DISCARD)
                    .description("Measure throughput, with one line per second.");
            return;
        }
        command.flag(LOAD, ClientModes.BULK)
                .requires(Service.ECHO, Service.DISCARD, Service.CHARGEN)
                .summary("measure throughput (implied by discard and chargen)")
                .description(
                        "Measure throughput; each connection is one stream. Implied by discard (up)"
                                + " and chargen (down).");
        command.option(LOAD, "SIZE", "--bytes")
                .requires(Service.DISCARD, Service.CHARGEN)
                .requires(ClientModes.BULK)
                .description(
                        "Bytes to transfer over all connections, such as 64M or 1G"
                                + " (default: end after --duration).");
    }

    private static void addBandwidth(Transport transport, Command command) {
        boolean isTcp = transport == Transport.TCP;
        CommandOption bandwidth =
                command.option(LOAD, "RATE", "-b", ClientModes.BANDWIDTH)
                        .requires(Service.DISCARD)
                        .requires(ClientModes.BULK)
                        .excludes(ClientModes.LOAD)
                        .summary("bit/s to send over all " + (isTcp ? "connections" : "sockets"))
                        .description(
                                "Bit/s to send evenly, in total over all "
                                        + (isTcp ? "connections" : "sockets")
                                        + ", such as 100M or 1G (default: no limit).");
        if (isTcp) {
            bandwidth.excludes(Service.CHARGEN);
        } else {
            bandwidth.excludes("--rate", "--interval");
        }
    }

    /** Returns whether a connection is a single exchange. */
    boolean isStream() {
        boolean isBulk =
                service == Service.DISCARD
                        || service == Service.CHARGEN
                        || invocation.has(ClientModes.BULK);
        return isBulk && transport == Transport.TCP;
    }

    void addTo(RunConfig.Builder run) {
        if (invocation.has(ClientModes.BULK) || isStream()) {
            run.bulk();
        }
        Optional<String> bytes = invocation.value("--bytes");
        if (bytes.isPresent()) {
            run.bytes(ByteSize.parse("--bytes", bytes.get(), Long.MAX_VALUE));
        }
        Optional<String> bandwidth = invocation.value(ClientModes.BANDWIDTH);
        if (bandwidth.isPresent()) {
            run.bandwidth(
                    RateParser.parse(
                            ClientModes.BANDWIDTH, bandwidth.get(), RunConfig.MAX_BANDWIDTH));
        }
    }
}
