package io.tidewatch.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.report.TargetStatus;
import io.tidewatch.view.KnownTargets;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Memory stays flat however often somebody asks. {@code -Dtidewatch.page.requests=10000} is the campaign of docs/verification.md, which also
 * prints what a page costs.
 */
@Tag("full")
class ManyRequestsTest {

    private static final int TARGETS = 2_000;
    private static final int REQUESTS = Integer.getInteger("tidewatch.page.requests", 200);
    private static final long LEAK = 24L << 20;
    private static final List<String> PATHS = List.of(
            "/",
            "/?page=7",
            "/?q=t11",
            "/t/shop/t1500",
            "/api/v1/tonight",
            "/itself",
            "/sources",
            "/files/tidewatch.css");

    @Test
    void memoryStaysFlat() throws Exception {
        List<TargetStatus> rows = IntStream.range(0, TARGETS)
                .mapToObj(i -> KnownTargets.status("t" + (1_000 + i), State.CONVERGED, Optional.empty()))
                .toList();
        KnownNight night = new KnownNight(KnownTargets.NOW, KnownTargets.standing(rows));
        StringBuilder schedules = new StringBuilder();
        rows.forEach(row -> schedules.append(KnownTargets.schedule(row.target().name())));
        night.definitions = KnownTargets.definitions(schedules.toString());
        night.keepTimetable();
        try (ServedRoutes routes = ServedRoutes.of(night, Access.open())) {
            ask(routes, REQUESTS / 5);
            long before = used();
            long cpu = cpu();
            ask(routes, REQUESTS);
            long spent = cpu() - cpu;
            long after = used();
            System.out.printf(
                    "%d requests over %d targets: %.1f ms of CPU each with the client, heap %d -> %d kB%n",
                    REQUESTS, TARGETS, spent / 1e6 / REQUESTS, before >> 10, after >> 10);
            assertThat(after - before).isLessThan(LEAK);
        }
    }

    private static void ask(ServedRoutes routes, int requests) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < requests; i++) {
            String path = PATHS.get(i % PATHS.size());
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + routes.port() + path))
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
        }
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
