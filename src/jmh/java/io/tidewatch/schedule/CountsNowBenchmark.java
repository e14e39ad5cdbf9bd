package io.tidewatch.schedule;

import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
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

/** What counts now, for 10,000 schedules: with all rules, reasons and next edges, against plain loops. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class CountsNowBenchmark {

    private final Definitions definitions = TenThousand.definitions();
    private final Timetable timetable = Timetable.of(definitions);
    private final PlainCrons plain = new PlainCrons(definitions);
    private final CronUtilsLoop library = new CronUtilsLoop(definitions);

    @Benchmark
    public DesiredState timetable() {
        return timetable.at(TenThousand.NOW);
    }

    /** What counts and nothing else: neither since when nor until when. */
    @Benchmark
    public int timetableWithoutEdges() {
        int sum = 0;
        for (ScheduledTarget target : timetable.targets()) {
            sum += target.compiled()
                    .at(TenThousand.NOW, target.baseline())
                    .bounds()
                    .orElseThrow()
                    .min();
        }
        return sum;
    }

    @Benchmark
    public int plainLoop() {
        return plain.open(TenThousand.NOW);
    }

    @Benchmark
    public int cronUtilsLoop() {
        return library.open(TenThousand.NOW);
    }

    @Benchmark
    public Timetable compile() {
        return Timetable.of(definitions);
    }
}
