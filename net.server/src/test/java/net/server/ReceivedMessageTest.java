package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.protocol.Message;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;

class ReceivedMessageTest {
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 8888);

    @Test
    void rejectsReceivedBelowTheMessageSize() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> received("hello", 4));
        assertEquals("received must be at least 5: 4", thrown.getMessage());
    }

    @Test
    void isNotTruncatedIfAllBytesAreKept() {
        assertFalse(received("hello", 5).isTruncated());
        assertFalse(received("", 0).isTruncated());
    }

    @Test
    void isTruncatedIfOneMoreByteWasReceived() {
        assertTrue(received("hello", 6).isTruncated());
        assertTrue(received("", 1).isTruncated());
    }

    private static ReceivedMessage received(String text, long received) {
        return new ReceivedMessage(
                Instant.EPOCH, Transport.UDP, ADDRESS, ADDRESS, Message.of(text), received);
    }
}
