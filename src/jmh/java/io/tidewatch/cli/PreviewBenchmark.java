package io.tidewatch.cli;

import io.tidewatch.cli.preview.PreviewTable;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.schedule.PlainCrons;
import io.tidewatch.schedule.TenThousand;
import io.tidewatch.view.calendar.Preview;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The calendar of 10,000 schedules for 7 days, compiled, looked up and written out; against listing all matches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PreviewBenchmark {

    private static final Duration WEEK = Duration.ofDays(7);

    private final Definitions definitions = TenThousand.definitions();
    private final PlainCrons plain = new PlainCrons(definitions);

    @Benchmark
    public Preview edges() {
        return Preview.of(
                definitions,
                LearnedLeads.NONE,
                TenThousand.now(),
                TenThousand.now().plus(WEEK));
    }

    @Benchmark
    public String table() {
        return new PreviewTable(edges(), ZoneId.of("Europe/Berlin")).text();
    }

    @Benchmark
    public List<Instant> plainLoop() {
        return plain.edges(TenThousand.now(), WEEK);
    }
}
