package net.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The number of fragments that this machine has received, as Linux counts them (RFC 4293). */
final class Reassembly {
    private static final Path IPV4 = Path.of("/proc/net/snmp");
    private static final Path IPV6 = Path.of("/proc/net/snmp6");

    private Reassembly() {}

    /** Returns the number over both IP versions, or empty if the system does not provide it. */
    static OptionalLong fragments() {
        try {
            long ipv6 = Files.exists(IPV6) ? ipv6(Files.readAllLines(IPV6)) : 0;
            return OptionalLong.of(ipv4(Files.readAllLines(IPV4)) + ipv6);
        } catch (IOException | IllegalArgumentException expected) {
            return OptionalLong.empty();
        }
    }

    /** Parses a line of names, followed by a line of values. */
    static long ipv4(List<String> lines) {
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("Ip: ")) {
                List<String> names = List.of(lines.get(i).split(" "));
                String[] values = lines.get(i + 1).split(" ");
                int index = names.indexOf("ReasmReqds");
                if (index >= 0 && index < values.length) {
                    return Long.parseLong(values[index]);
                }
            }
        }
        throw new IllegalArgumentException("no counters of IPv4");
    }

    /** Parses lines of a name and a value. */
    static long ipv6(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("Ip6ReasmReqds")) {
                return Long.parseLong(line.substring(line.lastIndexOf('\t') + 1).strip());
            }
        }
        throw new IllegalArgumentException("no counters of IPv6");
    }
}
