package net.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import net.protocol.Service;
import net.server.access.RefusalReason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers and failures of user-written UDP services. */
class UdpAnswerTest {
    private final ListenerLog listener = new ListenerLog();

    static List<Exception> failures() {
        return List.of(new IllegalStateException("disk is gone"), new IOException("disk is gone"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 12})
    void answerMayBeAsLongAsTheRequest(int length) throws Exception {
        UdpServer server = start(datagram -> datagram.answer(ByteBuffer.allocate(length)));
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            assertEquals(length, sender.receive().length);
        }
        assertEquals(length, server.stats().bytesSent());
        listener.assertNoFailure();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12})
    void rejectsLongerAnswer(int length) throws Exception {
        UdpServer server =
                start(
                        datagram -> {
                            int more = datagram.payload().remaining() + 1;
                            datagram.answer(ByteBuffer.allocate(more));
                        });
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send(new byte[length], server.local());
            Exception failure = listener.failure();
            assertTrue(failure instanceof IllegalArgumentException, failure.toString());
            assertEquals(
                    "answer must be at most " + length + " bytes: " + (length + 1),
                    failure.getMessage());
            sender.assertSilence();
        }
        assertEquals(Map.of(ErrorKind.FAILED, 1L), server.stats().errors());
        assertEquals(0, server.stats().bytesSent());
    }

    @Test
    void rejectsAnswersThatAreLongerInTotal() throws Exception {
        UdpServer server =
                start(
                        datagram -> {
                            datagram.answer(datagram.payload().limit(7));
                            datagram.answer(datagram.payload().limit(5));
                            datagram.answer(datagram.payload().limit(1));
                        });
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            sender.assertReceives("hello s");
            sender.assertReceives("hello");
            assertEquals("answer must be at most 0 bytes: 1", listener.failure().getMessage());
        }
        assertEquals(12, server.stats().bytesSent());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void throwingServiceIsReportedAndTheServerContinues(Exception failure) throws Exception {
        UdpServer server =
                start(
                        datagram -> {
                            if (datagram.payload().remaining() == 3) {
                                throw unlessUnchecked(failure);
                            }
                            datagram.answer(datagram.payload());
                        });
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("bad", server.local());
            assertSame(failure, listener.failure());
            sender.send("good", server.local());
            sender.assertReceives("good");
        }
        listener.assertNoFailure();
        assertEquals(Map.of(ErrorKind.FAILED, 1L), server.stats().errors());
    }

    @Test
    void protocolViolationIsOnlyCounted() throws Exception {
        UdpServer server =
                start(
                        datagram -> {
                            throw new ProtocolException("not understood");
                        });
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("bad", server.local());
            sender.send("bad too", server.local());
        }
        assertEquals(Map.of(ErrorKind.PROTOCOL, 2L), server.stats().errors());
        listener.assertNoFailure();
    }

    @Test
    void datagramHasItsAddressesAndIsReadOnly() throws Exception {
        RecordingListener inbox = new RecordingListener();
        CountDownLatch served = new CountDownLatch(1);
        UdpServerConfig config =
                UdpServerConfig.of(
                        Loopback.ENDPOINT,
                        datagram -> {
                            assertTrue(datagram.payload().isReadOnly());
                            datagram.payload().position(3);
                            datagram.record();
                            datagram.answer(datagram.payload());
                            ReceivedMessage taken = inbox.messages().getFirst();
                            assertEquals(taken.peer(), datagram.peer());
                            assertEquals(taken.local(), datagram.local());
                            assertEquals(taken.time(), datagram.time());
                            served.countDown();
                        });
        UdpServer server = UdpServer.start(config, inbox);
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            sender.assertReceives("hello sever!");
            assertEquals(sender.address(), inbox.messages().getFirst().peer());
            assertTrue(served.await(Loopback.DEADLINE.toSeconds(), TimeUnit.SECONDS));
        }
        assertEquals(Map.of(), server.stats().errors());
    }

    @Test
    void datagramMayBeRecordedTwice() throws Exception {
        UdpServer server =
                start(
                        datagram -> {
                            datagram.record();
                            datagram.record();
                        });
        try (server;
                Sender sender = new Sender("127.0.0.1")) {
            sender.send("hello sever!", server.local());
            listener.assertMessage("hello sever!");
            listener.assertMessage("hello sever!");
        }
        assertEquals(2, server.stats().messages());
        assertEquals(1, server.stats().accepted());
    }

    @Test
    void senderOnASystemPortGetsNoAnswer() throws Exception {
        UdpServer server = start(UdpService.of(Service.ECHO));
        try (server;
                Sender service = systemPort();
                Sender other = new Sender("127.0.0.1")) {
            service.send("hello sever!", server.local());
            other.send("hello sever!", server.local());
            other.assertReceives("hello sever!");
            service.assertSilence();
        }
        ServerStats stats = server.stats();
        assertEquals(
                new ServerStats(
                        2,
                        0,
                        Map.of(RefusalReason.SERVICE_PORT, 1L),
                        0,
                        24,
                        12,
                        0,
                        0,
                        Map.of(),
                        stats.uptime()),
                stats);
        listener.assertNoFailure();
    }

    @Test
    void messageOfARefusedSenderIsRecorded() throws Exception {
        UdpServer server =
                start(
                        datagram -> {
                            datagram.record();
                            datagram.answer(datagram.payload());
                        });
        try (server;
                Sender service = systemPort()) {
            service.send("hello sever!", server.local());
            listener.assertMessage("hello sever!");
        }
        assertEquals(1, server.stats().messages());
        assertEquals(Map.of(RefusalReason.SERVICE_PORT, 1L), server.stats().refused());
    }

    @Test
    void ownPortAtAnotherAddressGetsNoAnswer() throws Exception {
        UdpServer server = start(UdpService.of(Service.ECHO));
        try (server;
                Sender sender = new Sender("127.0.0.2", server.local().getPort())) {
            sender.send("hello sever!", server.local());
            sender.assertSilence();
        }
        assertEquals(Map.of(RefusalReason.OWN_PORT, 1L), server.stats().refused());
    }

    private UdpServer start(UdpService service) throws IOException {
        return UdpServer.start(UdpServerConfig.of(Loopback.ENDPOINT, service), listener);
    }

    /** Returns a sender on a free port below 1024, or skips the test if there is none. */
    private static Sender systemPort() {
        SocketException last = null;
        for (int port = 1023; port > 1000; port--) {
            try {
                return new Sender("127.0.0.1", port);
            } catch (SocketException expected) {
                last = expected;
            }
        }
        return abort("this user may not take a port below 1024: " + last.getMessage());
    }

    /** Throws the failure if it is unchecked, otherwise returns it. */
    private static IOException unlessUnchecked(Exception failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        return (IOException) failure;
    }
}
