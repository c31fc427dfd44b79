package net.launcher.client.report.text;

import net.client.connect.ConnectionInfo;
import net.client.connect.ExchangeException;
import net.launcher.command.value.Durations;
import net.protocol.Endpoint;

import java.util.ArrayList;
import java.util.List;

/** Text lines on the connected address of a server and the failures of the other addresses. */
public final class ConnectionLines {
    private ConnectionLines() {}

    public static List<String> of(ConnectionInfo connection) {
        List<String> lines = new ArrayList<>();
        for (ExchangeException failure : connection.failures()) {
            lines.add(failure.getMessage());
        }
        String endpoints =
                Endpoint.of(connection.peer()) + " from " + Endpoint.of(connection.local());
        String event =
                connection.duration().isPresent()
                        ? "connected to "
                                + endpoints
                                + " in "
                                + Durations.precise(connection.duration().get().toNanos())
                        : "sending to " + endpoints;
        lines.add(
                event
                        + "; receive buffer "
                        + connection.receiveBufferBytes()
                        + " B, send buffer "
                        + connection.sendBufferBytes()
                        + " B");
        return lines;
    }
}
