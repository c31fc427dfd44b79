package net.launcher.command;

import net.protocol.Service;
import net.protocol.Transport;

import java.util.ArrayList;
import java.util.List;

/** Descriptions of the services in help texts. */
public final class ServiceHelp {
    private ServiceHelp() {}

    /** Returns one line per service that servers offer over a transport. */
    public static List<String> lines(Transport transport) {
        List<String> lines = new ArrayList<>();
        for (Service service : Service.values()) {
            if (service.isOver(transport)) {
                lines.add(line(service.label(), description(service, transport)));
            }
        }
        return lines;
    }

    /** Returns the line of a service. */
    public static String line(String name, String description) {
        return String.format("  %-7s   %s", name, description);
    }

    private static String description(Service service, Transport transport) {
        return switch (service) {
            case GREET -> "server sends a greeting, reads one message and closes";
            case RECEIVE ->
                    switch (transport) {
                        case TCP -> "server records each line until the client closes";
                        case UDP -> "server records each datagram and does not answer";
                    };
            case ECHO -> "server sends back all bytes it receives (RFC 862)";
            case DISCARD -> "server discards all bytes it receives (RFC 863)";
            case CHARGEN -> "server sends lines until the client closes (RFC 864)";
            case STAMP -> "server returns test packets with its own times (RFC 8762)";
        };
    }
}
