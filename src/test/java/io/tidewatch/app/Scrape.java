package io.tidewatch.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.metrics.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads the metrics of a running application, as Prometheus does. */
record Scrape(int port) {

    private static final Pattern SERIES = Pattern.compile("(?m)^(\\w+(?:\\{[^}]*})?) (\\S+)$");

    String text() {
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/observe/metrics"))
                                    .timeout(Duration.ofSeconds(30))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).contains(Metrics.CONTENT_TYPE);
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return not a number where there is no such series */
    double figure(String series) {
        return SERIES.matcher(text())
                .results()
                .filter(found -> found.group(1).equals(series))
                .mapToDouble(found -> Double.parseDouble(found.group(2)))
                .reduce(Double.NaN, (before, last) -> last);
    }
}
