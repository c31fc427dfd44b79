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
 * Detects a TLS server that has closed a connection without sending: it answers a ClientHello with
 * a ServerHello or an alert (RFC 8446, sections 4.1 and 6).
 */
public final class TlsProbe {
    /** Maximum time to connect, and to wait for the answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int TLS_1_0 = 0x0301;
    private static final int TLS_1_2 = 0x0303;

    /** Length of a record header and the type of the handshake message. */
    private static final int ANSWER_BYTES = 6;

    /** The suites of TLS 1.3, and the most common ones of TLS 1.2. */
    private static final short[] CIPHER_SUITES = {
        0x1301, 0x1302, 0x1303, (short) 0xC02F, (short) 0xC030, (short) 0xC02B, (short) 0xC02C, 0x9C
    };

    private TlsProbe() {}

    /** Returns a failure of kind TLS if the peer supports it, otherwise the given failure. */
    public static ExchangeException explained(
            ClientConfig client, InetSocketAddress peer, ExchangeException failure) {
        // Only an orderly close: a reset may come from a server that limits connections.
        boolean isSilentClose = failure.kind() == Kind.CLOSED && failure.received().size() == 0;
        if (!isSilentClose || !answers(client, peer)) {
            return failure;
        }
        Fault tls = PeerProtocol.TLS.fault();
        return ExceptionTranslator.of(
                tls.kind(), peer, tls.detail(), Message.of(""), failure.bytesSent(), failure);
    }

    /** Connects again and sends a ClientHello; returns whether the peer answers with TLS. */
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
            // Not a TLS answer.
            return false;
        }
    }

    /** Clears the source port, which the failed connection may still use. */
    private static SocketConfig anyPort(SocketConfig socket) {
        return socket.source().isEmpty()
                ? socket
                : socket.toBuilder()
                        .source(new InetSocketAddress(socket.source().get().getAddress(), 0))
                        .build();
    }

    /** Reads the first bytes of the answer, fewer if the peer closes. */
    private static byte[] read(Socket socket, Duration timeout) throws IOException {
        long endNanos = System.nanoTime() + timeout.toNanos();
        ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
        while (answer.hasRemaining()) {
            long remainingMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (remainingMillis <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) remainingMillis);
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
        // The echo of a ClientHello is not an answer.
        boolean isHello =
                answer[0] == PeerProtocol.TLS_HANDSHAKE && answer[ANSWER_BYTES - 1] == SERVER_HELLO;
        return answer[0] == PeerProtocol.TLS_ALERT || isHello;
    }

    /** Returns a ClientHello without extensions, the shortest that servers accept. */
    static byte[] hello() {
        ByteBuffer hello = ByteBuffer.allocate(128);
        hello.put((byte) PeerProtocol.TLS_HANDSHAKE).putShort((short) TLS_1_0).putShort((short) 0);
        int start = hello.position();
        hello.put((byte) CLIENT_HELLO).put((byte) 0).putShort((short) 0);
        int body = hello.position();
        hello.putShort((short) TLS_1_2);
        // The random field of 32 bytes: no key is derived from it.
        hello.put("netpair probe for a TLS endpoint".getBytes(StandardCharsets.US_ASCII));
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
