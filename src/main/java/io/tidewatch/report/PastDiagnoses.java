package io.tidewatch.report;

import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.report.Ledger.Kept;
import io.tidewatch.model.report.PastDiagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which diagnoses of a pass are kept for later: those whose state, hop or cause differ from what was kept of the target before. One that lasts
 * is kept once a day again, so that old ones can be forgotten.
 *
 * <p>A target that changes all the time is kept {@link #OFTEN} times in an hour, and for the rest of that hour once in {@link #SELDOM}.
 *
 * @param kept what is known to be kept now, of each target
 * @param diagnoses to keep
 */
record PastDiagnoses(SortedMap<Target, Kept> kept, List<PastDiagnosis> diagnoses) {

    static final int OFTEN = 20;
    static final Duration SELDOM = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** @param scheduled the targets of schedules */
    static PastDiagnoses of(Diagnoses made, Set<Target> scheduled, SortedMap<Target, Kept> before, Instant at) {
        Map<Target, Kept> kept = new LinkedHashMap<>();
        List<PastDiagnosis> diagnoses = new ArrayList<>();
        for (Target target : scheduled) {
            made.of(target).ifPresent(diagnosis -> {
                Optional<Kept> last = Optional.ofNullable(before.get(target));
                Kept now = kept(diagnosis, last, at);
                kept.put(target, now);
                if (last.filter(now::equals).isEmpty()) {
                    diagnoses.add(PastDiagnosis.of(diagnosis, at));
                }
            });
        }
        return new PastDiagnoses(TargetMap.copyOf(kept), diagnoses);
    }

    /** @return the same as before where nothing is to be kept now */
    private static Kept kept(Diagnosis diagnosis, Optional<Kept> before, Instant at) {
        Kept first = new Kept(diagnosis.state(), diagnosis.hop(), diagnosis.cause(), at, at, 1);
        if (before.isEmpty()) {
            return first;
        }
        Kept last = before.get();
        boolean isSame = last.state() == diagnosis.state()
                && last.hop().equals(diagnosis.hop())
                && last.cause().equals(diagnosis.cause());
        Duration age = Duration.between(last.at(), at);
        if (isSame) {
            return age.compareTo(DAY) < 0 ? last : first;
        }
        if (Duration.between(last.hour(), at).compareTo(HOUR) >= 0) {
            return first;
        }
        boolean isRoom = last.count() < OFTEN || age.compareTo(SELDOM) >= 0;
        return isRoom
                ? new Kept(diagnosis.state(), diagnosis.hop(), diagnosis.cause(), at, last.hour(), last.count() + 1)
                : last;
    }
}
