package net.client.run.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.client.connect.ExchangeException.Kind;
import net.client.connect.internal.Fault;
import net.protocol.Message;
import net.protocol.Service;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

class ResponseReaderTest {
    private static final Fault HTTP =
            new Fault(Kind.WRONG_SERVICE, "the peer runs another service: HTTP");

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ResponseReader echo(String payload) {
        return ResponseReader.of(Service.ECHO, bytes(payload), Message.of(payload));
    }

    private static ResponseReader greeting(String... pieces) {
        ResponseReader response = ResponseReader.of(Service.GREET, bytes(""), Message.of(""));
        for (String piece : pieces) {
            assertEquals(Optional.empty(), response.read(bytes(piece)));
        }
        return response;
    }

    @ParameterizedTest
    @CsvSource({
        "'', SILENT, no greeting in time",
        "h, TIMEOUT, no receipt in time",
        "hello client!, TIMEOUT, no receipt in time",
        "hello client!!, WRONG_SERVICE, 'no receipt in time, and an unknown greeting'",
        "220 ready, WRONG_SERVICE, the peer runs another service: FTP or SMTP",
        "SSH-2.0-x, WRONG_SERVICE, the peer runs another service: SSH"
    })
    void unfinishedGreetingIdentifiesTheServer(String text, Kind kind, String detail) {
        ResponseReader response = text.isEmpty() ? greeting() : greeting(text);
        assertEquals(new Fault(kind, detail), response.onTimeout());
        assertEquals(Message.of(text), response.message());
    }

    @Test
    void identifiesAGreetingReceivedInPieces() {
        assertEquals(Optional.of(HTTP), greeting("HT", "TP", "/1.0 400\r\n").onFin(true, false));
        assertEquals(HTTP, greeting("H", "TTP/").onReset());
        assertEquals(Optional.empty(), greeting("hello ", "client!").onFin(true, false));
    }

    /** Other servers of {@code greet} may send any greeting. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "hello client", "good day"})
    void acceptsAnyGreetingWithAReceipt(String text) {
        assertEquals(Optional.empty(), greeting(text).onFin(true, false));
    }

    @Test
    void greetingHasAtMost1024Bytes() {
        assertEquals(Optional.empty(), greeting("x".repeat(1024)).onFin(true, false));
        ResponseReader more = greeting("x".repeat(1024));
        assertEquals(
                Optional.of(new Fault(Kind.WRONG_SERVICE, "greeting longer than 1024 bytes")),
                more.read(bytes("x")));
        assertEquals(Message.of("x".repeat(1024)), more.message());
        ResponseReader known = greeting("HTTP/1.1 200 OK\r\n".repeat(60));
        assertEquals(Optional.of(HTTP), known.read(bytes("x".repeat(1024))));
    }

    /** The length of the payload may be too short to identify the protocol. */
    @Test
    void keepsAllBytesThatAreNotAnEcho() {
        ResponseReader response = echo("hi");
        assertEquals(Optional.of(HTTP), response.read(bytes("HTTP/1.0 400 Bad request\r\n")));
        assertEquals(Message.of("HTTP/1.0 400 Bad request\r\n"), response.message());
        ResponseReader longer = echo("x");
        assertTrue(longer.read(bytes("y".repeat(5000))).isPresent());
        assertEquals(Message.of("y".repeat(1024)), longer.message());
    }

    @Test
    void answerThatDiffersLaterIsCorrupt() {
        ResponseReader response = echo("HTxx/1.0");
        assertEquals(Optional.empty(), response.read(bytes("HT")));
        assertEquals(
                Optional.of(new Fault(Kind.CORRUPT, "answer differs from what was sent")),
                response.read(bytes("HTTP/1.0")));
        assertEquals(Message.of("HTTP/1.0"), response.message());
        response.clear();
        assertEquals(Message.of(""), response.message());
        assertEquals(Optional.empty(), response.read(bytes("HTxx/1.0")));
        assertTrue(response.isComplete());
    }

    @Test
    void echoLeavesTheBytesOfTheNextExchange() {
        ResponseReader response = echo("hi");
        ByteBuffer in = bytes("hihi");
        assertEquals(Optional.empty(), response.read(in));
        assertEquals(2, in.remaining());
        assertTrue(response.isComplete());
    }

    @ParameterizedTest
    @CsvSource({
        "'', CLOSED, closed before an answer",
        "he, CLOSED, closed after 2 of 5 bytes of the answer"
    })
    void incompleteEchoReportsTheBytesReceived(String text, Kind kind, String detail) {
        ResponseReader response = echo("hello");
        assertEquals(Optional.empty(), response.read(bytes(text)));
        assertEquals(Optional.of(new Fault(kind, detail)), response.onFin(true, false));
        assertEquals(Message.of(text), response.message());
    }

    /** The operating system reports a reset once, here to the write. */
    @Test
    void endOfInputAfterAFailedWriteIsAReset() {
        assertEquals(
                Optional.of(new Fault(Kind.RESET, "reset before an answer")),
                echo("hello").onFin(false, true));
        assertEquals(
                Optional.of(new Fault(Kind.RESET, "reset before a greeting")),
                greeting().onFin(false, true));
        assertEquals(
                Optional.of(new Fault(Kind.NO_RECEIPT, "message not sent, so no receipt")),
                greeting("hello client!").onFin(false, true));
    }

    @Test
    void identifiesAnAnswerOfAServiceWithoutAnswers() {
        ResponseReader response = ResponseReader.of(Service.RECEIVE, bytes("x"), Message.of(""));
        assertEquals(Optional.of(HTTP), response.read(bytes("HTTP/1.1 400 Bad Request")));
        assertEquals(Message.of("HTTP/1.1 400 Bad Request"), response.message());
        ResponseReader other = ResponseReader.of(Service.RECEIVE, bytes("x"), Message.of(""));
        assertEquals(
                Optional.of(
                        new Fault(Kind.PROTOCOL, "the server answered; receive must not answer")),
                other.read(bytes("thanks")));
    }

    /** A server of {@code greet} in place of one of {@code receive}. */
    @Test
    void identifiesTheGreetingOfGreet() {
        ResponseReader response = ResponseReader.of(Service.RECEIVE, bytes("x"), Message.of(""));
        assertEquals(
                Optional.of(new Fault(Kind.WRONG_SERVICE, "the peer runs another service: greet")),
                response.read(bytes("hello client!")));
    }
}
