package net.client.run;

import net.client.internal.Preconditions;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.StampRequest;
import net.protocol.Transport;

/** What a service takes. */
final class PayloadRules {
    private PayloadRules() {}

    /** Refuses a payload that does not suit, with so many bytes before it in a datagram. */
    static void require(Transport transport, Service service, Payload payload, int markBytes) {
        int size = payload.size();
        if (transport == Transport.TCP && service == Service.DISCARD) {
            require(size > 0, "block must not be empty", size);
        }
        if (service == Service.CHARGEN) {
            require(size == 0, "payload must be empty for chargen", size);
        }
        if (service == Service.GREET || service == Service.RECEIVE && transport == Transport.UDP) {
            require(
                    size <= Protocol.MAX_MESSAGE_BYTES,
                    "message must be at most " + Protocol.MAX_MESSAGE_BYTES + " bytes",
                    size);
        }
        if (service == Service.RECEIVE && transport == Transport.TCP) {
            require(
                    payload.longestLine() <= Protocol.MAX_MESSAGE_BYTES,
                    "line must be at most " + Protocol.MAX_MESSAGE_BYTES + " bytes",
                    payload.longestLine());
        }
        if (service == Service.ECHO && transport == Transport.TCP) {
            require(size > 0, "payload to echo must not be empty", size);
        }
        if (service == Service.STAMP) {
            require(
                    size >= StampRequest.MIN_BYTES,
                    "payload of stamp must be at least " + StampRequest.MIN_BYTES + " bytes",
                    size);
        }
        if (transport == Transport.UDP) {
            int max = RunConfig.MAX_DATAGRAM_BYTES - markBytes;
            String what = markBytes == 0 ? "datagram" : "payload";
            require(size <= max, what + " must be at most " + max + " bytes", size);
        }
    }

    private static void require(boolean holds, String rule, int value) {
        Preconditions.require(holds, rule, value);
    }
}
