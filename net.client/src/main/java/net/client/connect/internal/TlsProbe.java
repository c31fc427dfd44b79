package net.client.connect.internal;

import net.client.connect.ClientConfig;
import net.client.connect.ExchangeException;
import net.client.connect.ExchangeException.Kind;
import net.client.connect.SocketConfig;
import net.protocol.Endpoint;
import net.protocol.Message;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Asks whether a server speaks TLS, where it has closed a connection without a word: it answers a
 * ClientHello with a ServerHello, or with an alert (RFC 8446, sections 4.1 and 6).
 */
public final class TlsProbe {
    /** The time for connecting, and for an answer, unless the client has less. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_2 = 0x0303;

    /** A record's header, and the type of the handshake message after it. */
    private static final int ANSWER_BYTES = 6;

    /** Of TLS 1.3, and the most common ones of TLS 1.2. */
    private static final short[] CIPHER_SUITES = {
        0x1301, 0x1302, 0x1303, (short) 0xC02F, (short) 0xC030, (short) 0xC02B, (short) 0xC02C, 0x9C
    };

    private TlsProbe() {}

    /** Returns why an exchange has failed: for TLS, or for what it seemed to have failed for. */
    public static ExchangeException explained(
            ClientConfig client, InetSocketAddress peer, ExchangeException failure) {
        // Who resets may only be refusing, and would have one more to refuse.
        boolean isWordless = failure.kind() == Kind.CLOSED && failure.received().size() == 0;
        if (!isWordless || !answers(client, peer)) {
            return failure;
        }
        Fault tls = PeerProtocol.TLS.fault();
        return ExceptionTranslator.of(
                tls.kind(), peer, tls.detail(), Message.of(""), failure.bytesSent(), failure);
    }

    /** Connects once more, says hello as a client of TLS does, and closes the connection. */
    private static boolean answers(ClientConfig client, InetSocketAddress peer) {
        boolean isShort = client.timeout().compareTo(TIMEOUT) < 0;
        Duration timeout = isShort ? client.timeout() : TIMEOUT;
        ClientConfig config =
                ClientConfig.builder(Endpoint.of(peer))
                        .timeout(timeout)
                        .connectTimeout(timeout)
                        .socket(anyPort(client.socket()))
                        .build();
        try (SocketChannel channel = BlockingConnector.connect(config)) {
            channel.socket().getOutputStream().write(hello());
            return isAnswer(read(channel.socket(), timeout));
        } catch (IOException expected) {
            // Whatever it is, it does not answer as TLS does.
            return false;
        }
    }

    /** The connection that failed may still have the port. */
    private static SocketConfig anyPort(SocketConfig socket) {
        return socket.source().isEmpty()
                ? socket
                : socket.toBuilder()
                        .source(new InetSocketAddress(socket.source().get().getAddress(), 0))
                        .build();
    }

    /** Returns the first bytes, or those that come before the end. */
    private static byte[] read(Socket socket, Duration timeout) throws IOException {
        long endNanos = System.nanoTime() + timeout.toNanos();
        ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
        while (answer.hasRemaining()) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (leftMillis <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) leftMillis);
            int next = socket.getInputStream().read();
            if (next < 0) {
                break;
            }
            answer.put((byte) next);
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private static boolean isAnswer(byte[] answer) {
        if (answer.length < ANSWER_BYTES || answer[1] != PeerProtocol.TLS_MAJOR) {
            return false;
        }
        // An echo of the hello is none.
        boolean isHello =
                answer[0] == PeerProtocol.TLS_HANDSHAKE && answer[ANSWER_BYTES - 1] == SERVER_HELLO;
        return answer[0] == PeerProtocol.TLS_ALERT || isHello;
    }

    /** Returns the shortest ClientHello that servers take: without extensions. */
    static byte[] hello() {
        ByteBuffer hello = ByteBuffer.allocate(128);
        hello.put((byte) PeerProtocol.TLS_HANDSHAKE).putShort((short) TLS_1_0).putShort((short) 0);
        int start = hello.position();
        hello.put((byte) CLIENT_HELLO).put((byte) 0).putShort((short) 0);
        int body = hello.position();
        hello.putShort((short) TLS_1_2);
        // The 32 bytes that are to be random: no key will come of them.
        hello.put("does this port speak TLS at all?".getBytes(StandardCharsets.US_ASCII));
        hello.put((byte) 0);
        hello.putShort((short) (2 * CIPHER_SUITES.length));
        for (short suite : CIPHER_SUITES) {
            hello.putShort(suite);
        }
        hello.put((byte) 1).put((byte) 0);
        hello.putShort(start - 2, (short) (hello.position() - start));
        hello.putShort(body - 2, (short) (hello.position() - body));
        byte[] bytes = new byte[hello.position()];
        hello.get(0, bytes);
        return bytes;
    }
}
