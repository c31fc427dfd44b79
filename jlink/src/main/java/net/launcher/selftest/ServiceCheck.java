package net.launcher.selftest;

import net.launcher.selftest.SelfTestReport.CheckException;
import net.protocol.Endpoint;
import net.protocol.Service;
import net.protocol.Transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A check of a service over a plain socket. */
public final class ServiceCheck {
    private static final byte[] REQUEST = "first\r\nsecond\n".getBytes(StandardCharsets.US_ASCII);

    /** The first line of the pattern of RFC 864. */
    private static final byte[] FIRST_LINE =
            (" !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefg\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final Launchers launchers;
    private final Service service;
    private final String host;

    public ServiceCheck(Launchers launchers, Service service, String host) {
        this.launchers = launchers;
        this.service = service;
        this.host = host;
    }

    /** Runs one exchange, and returns its duration. */
    public Duration run() throws CheckException, InterruptedException {
        String endpoint = new Endpoint(host, 0).toString();
        try (CheckedServer server =
                CheckedServer.start(
                        launchers, Transport.TCP, "--service", service.label(), endpoint)) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.ofLiteral(host), server.port());
            long startNanos = System.nanoTime();
            boolean isRight = exchange(address);
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            String recorded = server.end();
            if (!isRight || !recorded.isEmpty()) {
                throw new CheckException("wrong reply, or recorded: " + recorded.strip());
            }
            return time;
        } catch (IOException e) {
            throw new CheckException("exchange failed: " + e.getMessage());
        }
    }

    private boolean exchange(InetSocketAddress server) throws IOException {
        int timeoutMillis = (int) CheckedServer.STEP_TIMEOUT.toMillis();
        try (Socket socket = new Socket()) {
            socket.connect(server, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            if (service == Service.CHARGEN) {
                byte[] line = socket.getInputStream().readNBytes(FIRST_LINE.length);
                return Arrays.equals(line, FIRST_LINE);
            }
            socket.getOutputStream().write(REQUEST);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes().length == 0;
        }
    }
}
