package net.client.connect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.client.connect.ExchangeException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

class PeerProtocolTest {
    private static Optional<PeerProtocol> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return PeerProtocol.of(bytes, bytes.length);
    }

    private static Optional<PeerProtocol> ofHex(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return PeerProtocol.of(bytes, bytes.length);
    }

    /** Typical first lines of such servers. */
    @ParameterizedTest
    @CsvSource({
        "HTTP, HTTP/1.1 400 Bad Request",
        "HTTP, HTTP/",
        "HTTP, <!DOCTYPE HTML>",
        "HTTP, <html><head>",
        "SSH, SSH-2.0-OpenSSH_9.6",
        "SSH, SSH-",
        "FTP_OR_SMTP, 220 mail.example.org ESMTP",
        "FTP_OR_SMTP, 220-first of several lines",
        "POP3_OR_REDIS, +OK POP3 ready",
        "POP3_OR_REDIS, -ERR unknown command",
        "IMAP, * OK IMAP4rev1 ready",
        "IMAP, * BYE too many connections",
        "GREET, hello client!"
    })
    void recognizesFirstBytes(PeerProtocol speech, String text) {
        assertEquals(Optional.of(speech), of(text));
    }

    /** Incomplete and similar lines. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H",
                "HTTP",
                "http/1.1",
                "SSH",
                "22",
                "220",
                "2200",
                "+O",
                "-ER",
                "* O",
                "*OK",
                "<!DOCTYPE",
                "<htm",
                "hello client",
                "hello client!!",
                "Hello client!",
                " HTTP/1.1"
            })
    void rejectsShorterOrOtherBytes(String text) {
        assertEquals(Optional.empty(), of(text));
    }

    /** RFC 8446, sections 5.1 and 6: an alert and a ServerHello, with the version of any level. */
    @ParameterizedTest
    @ValueSource(strings = {"15030100020246", "15030300020228", "160303007a0200", "1503", "1603"})
    void recognizesTlsByTypeAndVersion(String hex) {
        assertEquals(Optional.of(PeerProtocol.TLS), ofHex(hex));
    }

    /** Other versions, other types, and a type without a version. */
    @ParameterizedTest
    @ValueSource(strings = {"15", "16", "1502", "1504", "1403", "1703", "0316"})
    void rejectsOtherBytesAsTls(String hex) {
        assertEquals(Optional.empty(), ofHex(hex));
    }

    @Test
    void ignoresBytesPastCount() {
        byte[] bytes = "HTTP/1.1".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Optional.empty(), PeerProtocol.of(bytes, 4));
        assertEquals(Optional.of(PeerProtocol.HTTP), PeerProtocol.of(bytes, 5));
        byte[] greeting = "hello client!and more".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Optional.of(PeerProtocol.GREET), PeerProtocol.of(greeting, 13));
        assertEquals(Optional.empty(), PeerProtocol.of(new byte[] {0x16, 3}, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "TLS, TLS, the peer expects TLS",
        "HTTP, WRONG_SERVICE, the peer runs another service: HTTP",
        "SSH, WRONG_SERVICE, the peer runs another service: SSH",
        "FTP_OR_SMTP, WRONG_SERVICE, the peer runs another service: FTP or SMTP",
        "POP3_OR_REDIS, WRONG_SERVICE, the peer runs another service: POP3 or Redis",
        "IMAP, WRONG_SERVICE, the peer runs another service: IMAP",
        "GREET, WRONG_SERVICE, the peer runs another service: greet"
    })
    void faultNamesProtocol(PeerProtocol speech, Kind kind, String detail) {
        assertEquals(new Fault(kind, detail), speech.fault());
    }
}
