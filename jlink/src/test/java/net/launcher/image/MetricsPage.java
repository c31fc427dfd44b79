package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** The metrics of a launcher, as one scrape returned them. */
record MetricsPage(String text) {
    static final String OPENMETRICS = "application/openmetrics-text;version=1.0.0";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Returns the address of the metrics that a launcher has printed. */
    static URI address(RunningProcess launcher) {
        String line = launcher.awaitErr(": metrics on http://");
        return URI.create(line.substring(line.indexOf("http://")));
    }

    static HttpResponse<String> get(URI uri, String... headers) {
        return send(HttpRequest.newBuilder(uri), headers);
    }

    static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        try {
            if (headers.length > 0) {
                request.headers(headers);
            }
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static MetricsPage of(RunningProcess launcher) {
        HttpResponse<String> response = get(address(launcher));
        assertEquals(200, response.statusCode(), response::body);
        return new MetricsPage(response.body());
    }

    /** Returns the only sample of a name that has all of these parts, such as {@code a="b"}. */
    double value(String name, String... parts) {
        List<String> found =
                text.lines()
                        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                        .filter(line -> List.of(parts).stream().allMatch(line::contains))
                        .toList();
        assertEquals(1, found.size(), () -> name + " in " + text);
        return Double.parseDouble(found.getFirst().replaceFirst(".* ", ""));
    }

    /** Returns the sum of the samples of a name. */
    double sum(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.replaceFirst(".* ", "")))
                .sum();
    }
}
