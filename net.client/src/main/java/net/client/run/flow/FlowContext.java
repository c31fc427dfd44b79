package net.client.run.flow;

import net.client.connect.internal.CandidateAddresses;
import net.client.run.RunConfig;
import net.client.run.record.MutableExchange;
import net.client.run.record.RunRecorder;
import net.protocol.Message;
import net.protocol.Service;

import java.nio.ByteBuffer;
import java.nio.channels.Selector;

/**
 * State that the flows of a run share, for use by the thread of the run.
 *
 * @param config the configuration of the run
 * @param addresses the server's addresses
 * @param selector the selector on which flows register their channels, with the flow as attachment
 * @param recorder the recorder of exchanges
 * @param answerTimeout the time to wait for an answer over UDP
 * @param timeoutNanos the timeout of an exchange
 * @param echo the answer expected of {@code echo}, truncated to a message
 * @param readBuffer the buffer for reads; its content is valid within one call only
 * @param exchange the exchange to report a success with; valid within one call only
 */
public record FlowContext(
        RunConfig config,
        CandidateAddresses addresses,
        Selector selector,
        RunRecorder recorder,
        AnswerTimeout answerTimeout,
        long timeoutNanos,
        Message echo,
        ByteBuffer readBuffer,
        MutableExchange exchange) {
    /** Larger than any datagram. */
    private static final int READ_BUFFER_BYTES = 64 * 1024;

    /** Returns a buffer for reads, which several runs can share. */
    public static ByteBuffer newReadBuffer() {
        return ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    }

    /** Creates the context of a run. */
    public static FlowContext of(
            RunConfig config,
            CandidateAddresses addresses,
            Selector selector,
            RunRecorder recorder,
            long timeoutNanos,
            ByteBuffer readBuffer) {
        return new FlowContext(
                config,
                addresses,
                selector,
                recorder,
                new AnswerTimeout(config, timeoutNanos),
                timeoutNanos,
                config.service() == Service.STAMP ? Message.of("") : config.payload().message(),
                readBuffer,
                new MutableExchange());
    }

    /** Returns the size of a datagram that requests an answer. */
    int requestBytes() {
        return config.payload().size() + config.headerBytes();
    }
}
