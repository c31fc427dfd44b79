package net.launcher;

import net.launcher.SelfTestReport.CheckException;
import net.protocol.Endpoint;
import net.protocol.NtpTimestamp;
import net.protocol.Service;
import net.protocol.StampReply;
import net.protocol.StampRequest;
import net.protocol.Transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** A check of {@code selftest}: a service other than the default one, asked by a bare socket. */
final class ServiceCheck {
    private static final byte[] QUESTION = "first\r\nsecond\n".getBytes(StandardCharsets.US_ASCII);

    private static final String RECORDED = "first\nsecond\n";

    /** The first line of RFC 864, as far as its pattern begins. */
    private static final byte[] FIRST_LINE =
            (" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Transport transport;
    private final Service service;
    private final String host;

    ServiceCheck(Transport transport, Service service, String host) {
        this.transport = transport;
        this.service = service;
        this.host = host;
    }

    /** Asks once, and returns how long it took. */
    Duration run() throws CheckException, InterruptedException {
        return run(host);
    }

    /** The same, but the server listens on all addresses, and is to answer from the one asked. */
    Duration runOnAllAddresses() throws CheckException, InterruptedException {
        return run(Endpoint.ANY_HOST);
    }

    private Duration run(String listenHost) throws CheckException, InterruptedException {
        String endpoint = new Endpoint(listenHost, 0).toString();
        try (CheckedServer server =
                CheckedServer.start(transport, "--service", service.label(), endpoint)) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.ofLiteral(host), server.port());
            long startNanos = System.nanoTime();
            boolean isRight =
                    switch (transport) {
                        case TCP -> tcp(address);
                        case UDP -> udp(address);
                    };
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            String recorded = server.end();
            if (!isRight || !recorded.equals(service == Service.RECEIVE ? RECORDED : "")) {
                throw new CheckException("wrong answer, or recorded: " + recorded.strip());
            }
            return time;
        } catch (IOException e) {
            throw new CheckException("exchange failed: " + e.getMessage());
        }
    }

    private boolean tcp(InetSocketAddress server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, timeoutMillis());
            socket.setSoTimeout(timeoutMillis());
            if (service == Service.CHARGEN) {
                byte[] line = socket.getInputStream().readNBytes(FIRST_LINE.length);
                return Arrays.equals(line, FIRST_LINE);
            }
            socket.getOutputStream().write(QUESTION);
            socket.shutdownOutput();
            byte[] answer = socket.getInputStream().readAllBytes();
            return Arrays.equals(answer, service == Service.ECHO ? QUESTION : new byte[0]);
        }
    }

    private boolean udp(InetSocketAddress server) throws IOException {
        byte[] question = service == Service.STAMP ? stampRequest() : QUESTION;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(timeoutMillis());
            socket.send(new DatagramPacket(question, question.length, server));
            DatagramPacket answer =
                    new DatagramPacket(new byte[2 * question.length], question.length + 1);
            socket.receive(answer);
            byte[] bytes = Arrays.copyOf(answer.getData(), answer.getLength());
            boolean isRight =
                    service == Service.STAMP
                            ? isReply(bytes, question)
                            : Arrays.equals(bytes, question);
            return isRight && answer.getSocketAddress().equals(server);
        }
    }

    private static byte[] stampRequest() {
        ByteBuffer packet = ByteBuffer.allocate(StampRequest.MIN_BYTES);
        new StampRequest(1, NtpTimestamp.of(Instant.now()), 1).writeTo(packet);
        return packet.array();
    }

    private static boolean isReply(byte[] answer, byte[] question) {
        return answer.length == question.length
                && StampReply.from(ByteBuffer.wrap(answer))
                        .request()
                        .equals(StampRequest.from(ByteBuffer.wrap(question)));
    }

    private static int timeoutMillis() {
        return (int) CheckedServer.STEP_TIMEOUT.toMillis();
    }
}
