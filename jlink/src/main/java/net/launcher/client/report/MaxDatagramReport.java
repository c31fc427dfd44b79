package net.launcher.client.report;

import net.client.MaxDatagramResult;
import net.client.connect.ExchangeException;
import net.client.run.RunConfig;
import net.client.run.RunResult;
import net.launcher.output.Format;
import net.launcher.output.JsonLine;
import net.launcher.output.Output;
import net.protocol.Endpoint;

import java.io.IOException;
import java.net.Inet4Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Report of a search for the maximum datagram size: one text line, or JSON events.
 *
 * @param json the report of the probes as JSON
 */
public record MaxDatagramReport(boolean isJson, JsonClientReport json, Output out) {
    private static final int UDP_HEADER_BYTES = 8;

    /** Size of an IPv4 header without options (RFC 791, section 3.1). */
    private static final int IPV4_HEADER_BYTES = 20;

    /** Size of an IPv6 header (RFC 8200, section 3). */
    private static final int IPV6_HEADER_BYTES = 40;

    public static MaxDatagramReport of(RunConfig run, Format format, Output out) {
        return new MaxDatagramReport(format == Format.JSON, new JsonClientReport(run, out), out);
    }

    /** Reports the configuration, with the launcher and its arguments. */
    public void start(List<String> command) throws IOException {
        if (isJson) {
            json.start(OptionalLong.empty(), Optional.empty(), command);
        }
    }

    public void failed(ExchangeException failure) throws IOException {
        if (isJson) {
            json.failure(OptionalLong.empty(), failure);
        }
    }

    /** Reports the result of the search. */
    public void found(MaxDatagramResult size) throws IOException {
        boolean isIpv4 = size.peer().getAddress() instanceof Inet4Address;
        int packetBytes =
                size.largestBytes()
                        + UDP_HEADER_BYTES
                        + (isIpv4 ? IPV4_HEADER_BYTES : IPV6_HEADER_BYTES);
        if (isJson) {
            out.append(
                    JsonLine.event("size")
                            .field("time", Instant.now())
                            .field("transport", "udp")
                            .field("peer", Endpoint.of(size.peer()).toString())
                            .field("largest_bytes", size.largestBytes())
                            .field("packet_bytes", packetBytes)
                            .field("smallest_lost_bytes", lost(size))
                            .field("unfragmented", size.isUnfragmented())
                            .end());
            return;
        }
        out.append(
                "largest payload to "
                        + Endpoint.of(size.peer())
                        + ": "
                        + size.largestBytes()
                        + " B (packet of "
                        + packetBytes
                        + " B)"
                        + (size.isUnfragmented() ? ", not fragmented" : "")
                        + (size.smallestLostBytes().isPresent()
                                ? "; " + size.smallestLostBytes().getAsInt() + " B lost"
                                : "; maximum of UDP"));
    }

    private static OptionalLong lost(MaxDatagramResult size) {
        return size.smallestLostBytes().isPresent()
                ? OptionalLong.of(size.smallestLostBytes().getAsInt())
                : OptionalLong.empty();
    }

    public void summary(RunResult result) throws IOException {
        if (isJson) {
            json.summary(result, List.of());
        }
    }
}
