package net.launcher;

import net.protocol.Service;
import net.protocol.Transport;
import net.server.ReceivedMessage;
import net.server.ServerStats;

import java.io.IOException;
import java.net.InetSocketAddress;

/** What a server writes to standard output; safe for use by several threads. */
interface ServerReport {
    void listening(Transport transport, InetSocketAddress local, Service service)
            throws IOException;

    void message(ReceivedMessage message) throws IOException;

    void summary(ServerStats stats) throws IOException;

    static ServerReport of(Invocation invocation) {
        return switch (invocation.format()) {
            case TEXT -> new TextServerReport(invocation.out(), invocation.err());
            case JSON -> new JsonServerReport(invocation.out());
        };
    }
}
