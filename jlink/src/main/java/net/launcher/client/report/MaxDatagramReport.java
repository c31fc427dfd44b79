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
import java.util.OptionalLong;

/**
 * Report of a search for the largest datagram: one text line, or JSON events.
 *
 * @param json the report of the tries as JSON
 */
public record MaxDatagramReport(boolean isJson, JsonClientReport json, Output out) {
    private static final int UDP_HEADER_BYTES = 8;

    /** Without options (RFC 791, section 3.1). */
    private static final int IPV4_HEADER_BYTES = 20;

    /** RFC 8200, section 3. */
    private static final int IPV6_HEADER_BYTES = 40;

    public static MaxDatagramReport of(RunConfig run, Format format, Output out) {
        return new MaxDatagramReport(format == Format.JSON, new JsonClientReport(run, out), out);
    }

    public void start() throws IOException {
        if (isJson) {
            json.start(OptionalLong.empty());
        }
    }

    public void failed(ExchangeException failure) throws IOException {
        if (isJson) {
            json.failure(failure);
        }
    }

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
                size.largestBytes()
                        + " B get through to "
                        + Endpoint.of(size.peer())
                        + " and come back"
                        + (size.isUnfragmented() ? " in one piece" : "")
                        + ", a packet of "
                        + packetBytes
                        + " B; "
                        + (size.smallestLostBytes().isPresent()
                                ? size.smallestLostBytes().getAsInt() + " B do not"
                                : "no datagram has more"));
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
