package net.client.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import net.client.connect.ExchangeException.Kind;
import net.protocol.Message;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;

class ExchangeExceptionTest {
    @Test
    void serializationKeepsAllButReceivedBytes() throws Exception {
        ExchangeException original =
                new ExchangeException(
                        Kind.NO_RECEIPT,
                        "exchange failed",
                        Message.of("hello client!"),
                        12,
                        new SocketException("Connection reset"));
        assertEquals(Message.of("hello client!"), original.received());

        ExchangeException copy = assertInstanceOf(ExchangeException.class, copy(original));
        assertEquals(Kind.NO_RECEIPT, copy.kind());
        assertEquals("exchange failed", copy.getMessage());
        assertEquals(12, copy.bytesSent());
        assertEquals("Connection reset", copy.getCause().getMessage());
        assertEquals(Message.of(""), copy.received());
    }

    private static Object copy(Object original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DNS, dns",
        "DNS_TIMEOUT, dns_timeout",
        "DNS_FAILED, dns_failed",
        "REFUSED, refused",
        "UNREACHABLE, unreachable",
        "FILTERED, filtered",
        "SILENT, silent",
        "TIMEOUT, timeout",
        "RESET, reset",
        "CLOSED, closed",
        "NO_RECEIPT, no_receipt",
        "PROTOCOL, protocol",
        "WRONG_SERVICE, wrong_service",
        "TLS, tls",
        "CORRUPT, corrupt",
        "WRONG_SOURCE, wrong_source",
        "INTERRUPTED, interrupted",
        "PERMISSION, permission",
        "LOCAL, local",
        "OTHER, other"
    })
    void labelsAreThoseOfReports(Kind kind, String label) {
        assertEquals(label, kind.label());
    }

    @Test
    void labelsAreUnique() {
        List<String> labels = Arrays.stream(Kind.values()).map(Kind::label).toList();
        assertEquals(labels.size(), labels.stream().distinct().count());
    }
}
