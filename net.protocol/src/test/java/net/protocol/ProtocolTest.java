package net.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The values are those of the tutorial: they are part of the wire format. */
class ProtocolTest {
    @Test
    void defaultsAreLocalhostAndPort8888() {
        assertEquals("localhost", Protocol.DEFAULT_HOST);
        assertEquals(8888, Protocol.DEFAULT_PORT);
    }

    @Test
    void messageHasAtMost1024Bytes() {
        assertEquals(1024, Protocol.MAX_MESSAGE_BYTES);
    }

    @Test
    void datagramHasAtMost65507Bytes() {
        assertEquals(65_507, Protocol.MAX_DATAGRAM_BYTES);
    }

    @Test
    void codePointHasSixBits() {
        assertEquals(0b111111, Protocol.MAX_DSCP);
    }

    @Test
    void serverGreetingIsHelloClientIn13Bytes() {
        byte[] wire = Message.of(Protocol.SERVER_GREETING).bytes();
        assertEquals("hello client!", Protocol.SERVER_GREETING);
        assertEquals(13, wire.length);
        assertArrayEquals(HexFormat.of().parseHex("68656c6c6f20636c69656e7421"), wire);
    }

    @Test
    void clientGreetingIsHelloSeverIn12Bytes() {
        byte[] wire = Protocol.CLIENT_GREETING.getBytes(StandardCharsets.UTF_8);
        assertEquals("hello sever!", Protocol.CLIENT_GREETING);
        assertEquals(12, wire.length);
        assertArrayEquals(HexFormat.of().parseHex("68656c6c6f20736576657221"), wire);
    }

    @Test
    void defaultsAreValidEndpoint() {
        assertEquals(
                "localhost:8888",
                new Endpoint(Protocol.DEFAULT_HOST, Protocol.DEFAULT_PORT).toString());
    }

    @Test
    void transportsHaveLowerCaseLabels() {
        assertEquals("tcp", Transport.TCP.label());
        assertEquals("udp", Transport.UDP.label());
    }
}
