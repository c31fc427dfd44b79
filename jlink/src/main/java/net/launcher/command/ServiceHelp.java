package net.launcher.command;

import net.protocol.Service;
import net.protocol.Transport;

/** Descriptions of the services in help texts. */
public final class ServiceHelp {
    private ServiceHelp() {}

    /** Adds the services that servers offer over a transport. */
    public static void add(Transport transport, Command command) {
        for (Service service : Service.values()) {
            if (service.isOver(transport)) {
                command.service(service.label(), description(service, transport));
            }
        }
    }

    /** Returns the description of a service. */
    public static String description(Service service, Transport transport) {
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
            case CONNECT ->
                    switch (transport) {
                        case TCP -> "client checks the port of any server: connects and closes";
                        case UDP -> "client checks the port of any server: open if it answers";
                    };
        };
    }
}
