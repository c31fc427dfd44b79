package net.client.run.internal;

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

/** What is made of an answer, whole or in pieces. */
class ResponseReaderTest {
    private static final Fault HTTP = new Fault(Kind.WRONG_SERVICE, "the answer is that of HTTP");

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ResponseReader echo(String payload) {
        return ResponseReader.of(Service.ECHO, bytes(payload), Message.of(payload));
    }

    private static ResponseReader greeting(String... pieces) {
        ResponseReader reply = ResponseReader.of(Service.GREET, bytes(""), Message.of(""));
        for (String piece : pieces) {
            assertEquals(Optional.empty(), reply.take(bytes(piece)));
        }
        return reply;
    }

    @ParameterizedTest
    @CsvSource({
        "'', SILENT, no greeting in time",
        "h, TIMEOUT, no receipt in time",
        "hello client!, TIMEOUT, no receipt in time",
        "hello client!!, WRONG_SERVICE, 'no receipt in time, and the greeting of something else'",
        "220 ready, WRONG_SERVICE, the answer is that of FTP or SMTP",
        "SSH-2.0-x, WRONG_SERVICE, the answer is that of SSH"
    })
    void greetingWithoutAnEndSaysWhoseItIs(String text, Kind kind, String detail) {
        ResponseReader reply = text.isEmpty() ? greeting() : greeting(text);
        assertEquals(new Fault(kind, detail), reply.late());
        assertEquals(Message.of(text), reply.message());
    }

    @Test
    void greetingIsKnownThoughItComesInPieces() {
        assertEquals(Optional.of(HTTP), greeting("HT", "TP", "/1.0 400\r\n").atFin(true, false));
        assertEquals(HTTP, greeting("H", "TTP/").atReset());
        assertEquals(Optional.empty(), greeting("hello ", "client!").atFin(true, false));
    }

    /** Another server of greetings may say what it likes. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "hello client", "good day"})
    void otherGreetingWithItsReceiptIsAsGood(String text) {
        assertEquals(Optional.empty(), greeting(text).atFin(true, false));
    }

    @Test
    void greetingHasAtMost1024Bytes() {
        assertEquals(Optional.empty(), greeting("x".repeat(1024)).atFin(true, false));
        ResponseReader more = greeting("x".repeat(1024));
        assertEquals(
                Optional.of(new Fault(Kind.WRONG_SERVICE, "more than 1024 bytes of greeting")),
                more.take(bytes("x")));
        assertEquals(Message.of("x".repeat(1024)), more.message());
        ResponseReader known = greeting("HTTP/1.1 200 OK\r\n".repeat(60));
        assertEquals(Optional.of(HTTP), known.take(bytes("x".repeat(1024))));
    }

    /** Not only as much as was to come back: that may be too little to know it by. */
    @Test
    void answerInPlaceOfAnEchoIsKeptWhole() {
        ResponseReader reply = echo("hi");
        assertEquals(Optional.of(HTTP), reply.take(bytes("HTTP/1.0 400 Bad request\r\n")));
        assertEquals(Message.of("HTTP/1.0 400 Bad request\r\n"), reply.message());
        ResponseReader longer = echo("x");
        assertTrue(longer.take(bytes("y".repeat(5000))).isPresent());
        assertEquals(Message.of("y".repeat(1024)), longer.message());
    }

    @Test
    void answerThatGoesWrongLaterIsCorrupt() {
        ResponseReader reply = echo("HTxx/1.0");
        assertEquals(Optional.empty(), reply.take(bytes("HT")));
        assertEquals(
                Optional.of(new Fault(Kind.CORRUPT, "answer differs from what was sent")),
                reply.take(bytes("HTTP/1.0")));
        assertEquals(Message.of("HTTP/1.0"), reply.message());
        reply.clear();
        assertEquals(Message.of(""), reply.message());
        assertEquals(Optional.empty(), reply.take(bytes("HTxx/1.0")));
        assertTrue(reply.isWhole());
    }

    /** What comes after it belongs to the next exchange. */
    @Test
    void echoTakesNoMoreThanItsOwn() {
        ResponseReader reply = echo("hi");
        ByteBuffer in = bytes("hihi");
        assertEquals(Optional.empty(), reply.take(in));
        assertEquals(2, in.remaining());
        assertTrue(reply.isWhole());
    }

    @ParameterizedTest
    @CsvSource({
        "'', CLOSED, closed before an answer",
        "he, CLOSED, closed after 2 of 5 bytes of the answer"
    })
    void echoThatEndsEarlyTellsHowMuchCame(String text, Kind kind, String detail) {
        ResponseReader reply = echo("hello");
        assertEquals(Optional.empty(), reply.take(bytes(text)));
        assertEquals(Optional.of(new Fault(kind, detail)), reply.atFin(true, false));
        assertEquals(Message.of(text), reply.message());
    }

    /** The system tells of a reset once: here the write has heard of it. */
    @Test
    void endAfterAWriteThatFailedIsAReset() {
        assertEquals(
                Optional.of(new Fault(Kind.RESET, "reset before an answer")),
                echo("hello").atFin(false, true));
        assertEquals(
                Optional.of(new Fault(Kind.RESET, "reset before a greeting")),
                greeting().atFin(false, true));
        assertEquals(
                Optional.of(new Fault(Kind.NO_RECEIPT, "message not sent, so no receipt")),
                greeting("hello client!").atFin(false, true));
    }

    @Test
    void answerToWhatHasNoneIsKnownToo() {
        ResponseReader reply = ResponseReader.of(Service.RECEIVE, bytes("x"), Message.of(""));
        assertEquals(Optional.of(HTTP), reply.take(bytes("HTTP/1.1 400 Bad Request")));
        assertEquals(Message.of("HTTP/1.1 400 Bad Request"), reply.message());
        ResponseReader other = ResponseReader.of(Service.RECEIVE, bytes("x"), Message.of(""));
        assertEquals(
                Optional.of(new Fault(Kind.PROTOCOL, "answer from a service that has none")),
                other.take(bytes("thanks")));
    }

    /** A greet server that was taken for one of receive. */
    @Test
    void ourGreetingIsThatOfGreet() {
        ResponseReader reply = ResponseReader.of(Service.RECEIVE, bytes("x"), Message.of(""));
        assertEquals(
                Optional.of(new Fault(Kind.WRONG_SERVICE, "the answer is that of greet")),
                reply.take(bytes("hello client!")));
    }
}
