package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

/** A wildcard server on a host whose addresses change at run time. */
class AddressChangeIT {
    @Test
    void answersFollowAddressChanges() {
        try (NetworkNamespace host = NetworkNamespace.start().with("lo", "10.1.0.1/32");
                RunningProcess server = host.echo(":0")) {
            int port = server.port();
            assertEquals(List.of("10.1.0.1 10.1.0.1 5"), query(host, port, "10.1.0.1"));
            host.sh("ip address del 10.1.0.1/32 dev lo");
            host.with("lo", "10.1.0.2/32", "fd01::2/128");
            server.awaitErr("listening on [fd01::2]:" + port);
            server.awaitErr("listening on 10.1.0.2:" + port);
            assertEquals(
                    List.of("10.1.0.2 10.1.0.2 5", "fd01::2 fd01::2 5", "127.0.0.1 127.0.0.1 5"),
                    query(host, port, "10.1.0.2", "fd01::2", "127.0.0.1"));
            Await.holds("socket closed", () -> !host.sh("ss -Huln").contains("10.1.0.1:" + port));
            ProcessResult ended = server.signal("TERM").end();
            assertEquals(0, ended.status());
            assertTrue(
                    ended.err().contains(" from 4 datagrams, 20 B received, 20 B sent, "),
                    ended::err);
        }
    }

    private static List<String> query(NetworkNamespace host, int port, String... addresses) {
        Object[] args = new Object[3 + addresses.length];
        args[0] = "any";
        args[1] = port;
        args[2] = 5;
        System.arraycopy(addresses, 0, args, 3, addresses.length);
        return host.run("udp_query.py", args);
    }
}
