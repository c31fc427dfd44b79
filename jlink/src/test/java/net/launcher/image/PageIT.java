package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;

/** The HTML report in a real browser. */
class PageIT {
    private static final long DEADLINE_SECONDS = 120;
    private static final int MAX_BYTES = 2048;

    /** Fields of each event that the tables of the page do not have. */
    private static final List<String> UNNAMED =
            List.of("event", "time", "transport", "run", "arguments");

    private static final Pattern FIGURE =
            Pattern.compile("<data data-name=\"([^\"]+)\" value=\"([^\"]*)\">");

    /** Hosts that the browser contacts by itself, for example for updates. */
    private static final Pattern ITS_OWN =
            Pattern.compile("\\S+ \\S*\\b(google|googleapis|gvt1)\\.com\\b.*");

    @TempDir private Path folder;

    /** Replies to all datagrams except each seventh. */
    private static DatagramSocket lossyEcho() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual()
                .start(
                        () -> {
                            byte[] bytes = new byte[MAX_BYTES];
                            try {
                                for (int i = 1; true; i++) {
                                    DatagramPacket packet = new DatagramPacket(bytes, MAX_BYTES);
                                    socket.receive(packet);
                                    if (i % 7 != 0) {
                                        socket.send(packet);
                                    }
                                }
                            } catch (IOException expected) {
                                // The test is over.
                            }
                        });
        return socket;
    }

    @BeforeEach
    void needBrowser() {
        Assume.success("chromium", "--version");
    }

    private Path page() {
        return folder.resolve("run.html");
    }

    /** Runs with losses, and returns the output. */
    private ProcessResult run(String... args) throws IOException {
        try (DatagramSocket socket = lossyEcho()) {
            return ProcessCommand.of("udp-client", "--service", "echo", "-c", "70", "--rate", "200")
                    .with("--timeout", "2s", "--report", page().toString())
                    .with("--fail-if", "p50>30s", "--fail-if", "loss>=10%")
                    .with(args)
                    .with("127.0.0.1:" + socket.getLocalPort())
                    .run();
        }
    }

    private ProcessCommand browser(String... args) {
        // The sandbox is not available to root and in containers.
        return ProcessCommand.at(
                        Path.of("chromium"), "--headless=new", "--no-sandbox", "--disable-gpu")
                .with("--no-first-run", "--disable-background-networking", "--disable-sync")
                .with("--disable-component-update", "--disable-dev-shm-usage")
                .with("--user-data-dir=" + folder.resolve("profile"))
                .with(args);
    }

    private static ProcessResult shown(ProcessCommand browser, Path page) {
        ProcessResult ended = browser.with(page.toUri().toString()).run(DEADLINE_SECONDS);
        assertEquals(0, ended.status(), ended.toString());
        return ended;
    }

    private static Map<String, String> figures(String dom) {
        Map<String, String> figures = new TreeMap<>();
        Matcher matcher = FIGURE.matcher(dom);
        while (matcher.find()) {
            String value = matcher.group(2).replace("&gt;", ">").replace("&lt;", "<");
            assertEquals(null, figures.put(matcher.group(1), value), matcher.group(1));
        }
        return figures;
    }

    private static void addAll(Map<String, String> figures, String name, JsonNode value) {
        if (value.isContainerNode()) {
            value.properties().forEach(one -> addAll(figures, name + "." + one.getKey(), one));
            for (int i = 0; value.isArray() && i < value.size(); i++) {
                addAll(figures, name + "." + i, value.get(i));
            }
        } else if (!value.isNull()) {
            figures.put(name, value.asText());
        }
    }

    private static void addAll(
            Map<String, String> figures, String name, Map.Entry<String, JsonNode> field) {
        addAll(figures, name, field.getValue());
    }

    /** Returns the numbers of an event by their names on the page. */
    private static Map<String, String> figures(JsonNode event, String prefix) {
        Map<String, String> figures = new TreeMap<>();
        event.properties().stream()
                .filter(field -> !UNNAMED.contains(field.getKey()))
                .forEach(field -> addAll(figures, prefix + field.getKey(), field.getValue()));
        return figures;
    }

    @Test
    void figuresMatchTheJsonWithoutNetworkRequests() throws IOException {
        ProcessResult ended = run("--format", "json");
        assertEquals(3, ended.status(), ended.toString());
        EventList events = EventList.of(ended.out());
        Map<String, String> expected = figures(events.all().getFirst(), "start.");
        expected.putAll(figures(events.summary(), ""));
        assertEquals("10", expected.get("lost"));
        assertEquals("false", expected.get("thresholds.1.ok"));
        assertTrue(expected.containsKey("time_ns.p90"), expected::toString);
        try (Proxy proxy = new Proxy()) {
            String dom = shown(browser("--dump-dom").with(proxy.options()), page()).out();
            assertTrue(dom.contains("10 lost"), dom);
            Map<String, String> figures = figures(dom);
            figures.keySet().retainAll(expected.keySet());
            assertEquals(expected, figures);
            assertEquals(List.of(), proxy.requests());
        }
    }

    /** Runs with targets of which one loses datagrams and the last refuses them. */
    private ProcessResult runTargets(int targets, String... args) throws IOException {
        List<DatagramSocket> sockets = new ArrayList<>();
        List<String> endpoints = new ArrayList<>();
        try {
            for (int i = 0; i < targets; i++) {
                sockets.add(lossyEcho());
                endpoints.add("127.0.0.1:" + sockets.get(i).getLocalPort());
            }
            sockets.getLast().close();
            return ProcessCommand.of("udp-client", "--service", "echo", "-c", "14", "--rate", "50")
                    .with("--timeout", "2s", "--report", page().toString())
                    .with("--fail-if", "p50>30s", "--fail-if", "loss>=10%")
                    .with(args)
                    .with(endpoints.toArray(new String[0]))
                    .run();
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    @Test
    void figuresOfEachTargetMatchTheJson() throws IOException {
        ProcessResult ended = runTargets(3, "--format", "json");
        assertEquals(3, ended.status(), ended.toString());
        List<JsonNode> summaries =
                EventList.of(ended.out()).all().stream()
                        .filter(event -> event.get("event").asText().equals("summary"))
                        .toList();
        assertEquals(4, summaries.size(), ended.toString());
        Map<String, String> shown = figures(shown(browser("--dump-dom"), page()).out());
        Map<String, String> expected = figures(summaries.getLast(), "");
        for (int i = 0; i < 3; i++) {
            String prefix = "targets." + i + ".";
            Map<String, String> ofTarget = figures(summaries.get(i), prefix);
            for (String name : List.of("target", "ok", "failed", "loss", "time_ns.max")) {
                assertEquals(
                        i == 2 && name.equals("time_ns.max"),
                        !ofTarget.containsKey(prefix + name),
                        name);
            }
            ofTarget.keySet().retainAll(shown.keySet());
            expected.putAll(ofTarget);
        }
        assertEquals("12", expected.get("targets.0.ok"));
        assertEquals("2", expected.get("targets.1.errors.timeout"));
        assertEquals("14", expected.get("targets.2.errors.refused"));
        assertEquals("false", expected.get("targets.0.thresholds.1.ok"));
        assertEquals("24", expected.get("ok"));
        shown.keySet().retainAll(expected.keySet());
        assertEquals(expected, shown);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 14})
    void severalTargetsAreNotCutAtTheWidthOfAPhone(int targets) throws IOException {
        runTargets(targets);
        String page = Files.readString(page());
        assertEquals(targets, page.split("id=\"target-[0-9]+-title\"").length - 1);
        assertTrue(page.contains("Worst target: "), page);
        assertEquals("400", cutAt(400, page()));
    }

    /** Returns what a page of this width cuts, or the width itself if it is nothing. */
    private String cutAt(int width, Path page) throws IOException {
        String text = Files.readString(page);
        String quoted = text.replace("&", "&amp;").replace("\"", "&quot;");
        Path frame = folder.resolve("frame.html");
        Files.writeString(
                frame,
                """
                <body><iframe width=%d height=2000 srcdoc="%s"></iframe><script>
                onload = () => {
                    const inside = document.querySelector('iframe').contentDocument;
                    const cut = [...inside.querySelectorAll('body, body *')].filter(e =>
                        e.getBoundingClientRect().right > %d.5
                            || !e.closest('svg') && e.clientWidth && e.scrollWidth > e.clientWidth
                            || e.tagName == 'text' && (e.getBBox().x < 0
                                || e.getBBox().x + e.getBBox().width
                                    > e.ownerSVGElement.viewBox.baseVal.width + .5));
                    document.body.textContent = '<' + inside.documentElement.clientWidth
                        + cut.map(e => ' ' + e.tagName + ' ' + e.textContent.slice(0, 40)) + '>';
                };
                </script></body>
                """
                        .formatted(width, quoted, width));
        String dom = shown(browser("--dump-dom", "--hide-scrollbars"), frame).out();
        return dom.substring(dom.indexOf("&lt;") + 4, dom.indexOf("&gt;"));
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, echo, --rate 100 -c 120",
        "tcp, echo, --load 2 -t 300ms",
        "tcp, echo, --bulk -t 300ms -P 12",
        "tcp, greet, -c 5",
        "udp, stamp, --rate 2k -c 2000"
    })
    void nothingIsCutAtTheWidthOfAPhone(String transport, String service, String args)
            throws IOException {
        try (ServerUnderTest target = ServerUnderTest.of(transport, service)) {
            ProcessResult ended =
                    target.client(args.split(" "))
                            .with("--quiet", "--report", page().toString())
                            .run();
            assertEquals(0, ended.status(), ended.toString());
        }
        assertEquals("400", cutAt(400, page()));
    }

    @Test
    void lossesAreNotCutAtTheWidthOfAPhone() throws IOException {
        run();
        assertEquals("400", cutAt(400, page()));
    }

    /** Counter-check of the tests above. */
    @Test
    void wordsThatDoNotFitAreCut() throws IOException {
        Path control = folder.resolve("control.html");
        Files.writeString(control, "<!DOCTYPE html><p>" + "x".repeat(200) + "</p>");
        assertTrue(cutAt(400, control).contains(" P xxx"), cutAt(400, control));
    }

    /** Counter-check of the test of network requests. */
    @Test
    void proxyDetectsRequestsOfAPage() throws IOException {
        Path control = folder.resolve("control.html");
        Files.writeString(control, "<img src='http://page.test/image.png'>");
        try (Proxy proxy = new Proxy()) {
            shown(browser("--dump-dom").with(proxy.options()), control);
            assertEquals(List.of("GET http://page.test/image.png HTTP/1.1"), proxy.requests());
        }
    }

    /** The browser's colour scheme is 0 for dark and 1 for light. */
    @ParameterizedTest
    @CsvSource({"1, FFFFFF, 0072B2", "0, 12161C, 56B4E9"})
    void chartsAreDrawnInTheColoursOfTheScheme(int scheme, String ground, String curve)
            throws IOException {
        run();
        Path file = folder.resolve("page.png");
        shown(
                browser("--screenshot=" + file, "--window-size=1000,3000", "--hide-scrollbars")
                        .with("--force-device-scale-factor=1")
                        .with("--blink-settings=preferredColorScheme=" + scheme),
                page());
        BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(1000, image.getWidth());
        assertEquals(Integer.parseInt(ground, 16), image.getRGB(2, 2) & 0xFFFFFF);
        int[] pixels = image.getRGB(0, 0, 1000, image.getHeight(), null, 0, 1000);
        int blue = Integer.parseInt(curve, 16);
        long drawn = Arrays.stream(pixels).filter(p -> (p & 0xFFFFFF) == blue).count();
        assertTrue(drawn > 1000 && drawn < pixels.length / 4, drawn + " of " + pixels.length);
    }

    /** Accepts the requests of a browser without replying. */
    private static final class Proxy implements AutoCloseable {
        private final ServerSocket server =
                new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));

        private final List<String> lines = new CopyOnWriteArrayList<>();

        Proxy() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> read(socket));
                }
            } catch (IOException expected) {
                // The test is over.
            }
        }

        private void read(Socket socket) {
            try (socket;
                    BufferedReader reader =
                            new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.UTF_8))) {
                String line = reader.readLine();
                if (line != null) {
                    lines.add(line);
                }
            } catch (IOException expected) {
                // The browser has ended.
            }
        }

        String[] options() {
            return new String[] {
                "--proxy-server=127.0.0.1:" + server.getLocalPort(),
                "--proxy-bypass-list=<-loopback>"
            };
        }

        /** Returns the requested hosts, except those of the browser itself. */
        List<String> requests() {
            return lines.stream().filter(line -> !ITS_OWN.matcher(line).matches()).toList();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
