package net.client.run.flow;

import net.client.probe.AnyAnswerProbe;
import net.client.probe.EchoProbe;
import net.client.probe.PlainProbe;
import net.client.probe.Probe;
import net.client.probe.StampProbe;
import net.client.run.RunConfig;
import net.client.run.record.StampStatistics;
import net.protocol.Service;
import net.protocol.Transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Creates the flows of a run. */
public final class FlowFactory {
    private FlowFactory() {}

    /** Returns the flows of a run; none is connected yet. */
    public static List<Flow> create(
            FlowContext context, FlowListener listener, StreamPacer pacer, StampStatistics stamp) {
        RunConfig config = context.config();
        return config.transport() == Transport.TCP
                ? tcp(context, listener, pacer)
                : udp(context, listener, stamp);
    }

    private static List<Flow> tcp(FlowContext context, FlowListener listener, StreamPacer pacer) {
        RunConfig config = context.config();
        ByteBuffer payload = direct(config.payload().buffer());
        ByteBudget budget = new ByteBudget(config.bytes());
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < config.parallel(); i++) {
            flows.add(
                    config.isStream()
                            ? new StreamFlow(context, listener, payload, budget, pacer)
                            : exchanges(context, listener, payload));
        }
        return flows;
    }

    private static Flow exchanges(FlowContext context, FlowListener listener, ByteBuffer payload) {
        return context.config().service() == Service.CONNECT
                ? new ConnectFlow(context, listener)
                : new TcpFlow(context, listener, payload);
    }

    private static List<Flow> udp(
            FlowContext context, FlowListener listener, StampStatistics stamp) {
        RunConfig config = context.config();
        // Not SecureRandom: without /dev/urandom, gathering its seed takes seconds.
        long token = config.headerBytes() > 0 ? new SplittableRandom().nextLong() : 0;
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < config.parallel(); i++) {
            flows.add(new UdpFlow(context, listener, probe(config, token), stamp));
        }
        return flows;
    }

    private static Probe probe(RunConfig config, long token) {
        ByteBuffer payload = config.payload().buffer();
        if (config.service() == Service.STAMP) {
            return new StampProbe(payload.remaining());
        }
        if (config.service() == Service.CONNECT) {
            return new AnyAnswerProbe(payload);
        }
        return config.headerBytes() > 0 ? new EchoProbe(token, payload) : new PlainProbe(payload);
    }

    /** Returns a direct copy; a channel would copy a heap buffer at each write. */
    private static ByteBuffer direct(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    }
}
