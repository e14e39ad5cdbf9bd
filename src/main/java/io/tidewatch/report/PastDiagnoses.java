package io.tidewatch.report;

import io.tidewatch.model.Guard;
import io.tidewatch.model.Target;
import io.tidewatch.model.TargetMap;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Picture;
import io.tidewatch.model.report.Ledger.Kept;
import io.tidewatch.model.report.Pass;
import io.tidewatch.model.report.PastDiagnosis;
import io.tidewatch.model.report.TargetStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Which diagnoses of a pass are kept for later: those whose state, hop, cause or numbers differ from what was kept of the target before. One
 * that lasts is kept once a day again, so that old ones can be forgotten.
 *
 * <p>A target that changes all the time is kept {@link #OFTEN} times in an hour, and for the rest of that hour once in {@link #SELDOM}. A
 * change of its numbers alone is kept {@link #NUMBERS_OFTEN} times.
 *
 * @param kept what is known to be kept now, of each target
 * @param diagnoses to keep
 */
public record PastDiagnoses(SortedMap<Target, Kept> kept, List<PastDiagnosis> diagnoses) {

    static final int OFTEN = 40;

    /** So that a target whose pods come and go leaves room for the changes of its state. */
    static final int NUMBERS_OFTEN = 20;

    static final Duration SELDOM = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Makes what people look at beside a diagnosis. */
    @FunctionalInterface
    public interface Pictures {

        Picture of(TargetObservation seen, Diagnosis diagnosis);
    }

    /**
     * @param pass with the diagnoses that count, internal errors included
     * @param statuses of the scheduled targets after this pass
     * @param before what was kept until now
     * @param guard catches internal errors; nothing is then kept to look at beside the diagnosis
     */
    static PastDiagnoses of(
            Pass pass, List<TargetStatus> statuses, SortedMap<Target, Kept> before, Pictures pictures, Guard guard) {
        Instant at = pass.desired().at();
        Map<Target, Kept> kept = new LinkedHashMap<>();
        List<PastDiagnosis> diagnoses = new ArrayList<>();
        for (TargetStatus status : statuses) {
            Target target = status.target();
            pass.diagnoses().of(target).ifPresent(diagnosis -> {
                Optional<Kept> last = Optional.ofNullable(before.get(target));
                Optional<Kept> same = last.filter(one -> isWhole(one, at) && isOfPassBefore(pass, target, diagnosis));
                if (same.isPresent()) {
                    kept.put(target, same.get());
                    return;
                }
                PastDiagnosis seen = of(pass, diagnosis, Optional.of(status.since()), pictures, guard);
                Kept now = kept(diagnosis, seen.picture().numbers(), last, at);
                kept.put(target, now);
                if (last.filter(now::equals).isEmpty()) {
                    diagnoses.add(seen);
                }
            });
        }
        return new PastDiagnoses(TargetMap.copyOf(kept), diagnoses);
    }

    /**
     * A diagnosis of a pass with what people look at beside it.
     *
     * @param since since when the state is what it is; absent where that is not known
     * @param guard catches internal errors; there is then nothing to look at beside the diagnosis
     */
    public static PastDiagnosis of(
            Pass pass, Diagnosis diagnosis, Optional<Instant> since, Pictures pictures, Guard guard) {
        return PastDiagnosis.of(
                diagnosis,
                picture(pass, diagnosis, pictures, guard),
                since,
                pass.desired().at());
    }

    /** Of a target that met an internal error there is nothing more to look at. */
    private static Picture picture(Pass pass, Diagnosis diagnosis, Pictures pictures, Guard guard) {
        return Optional.ofNullable(pass.observation().targets().get(diagnosis.target()))
                .filter(seen -> !diagnosis.isInternalError())
                .map(seen -> guard.run(diagnosis.target(), () -> pictures.of(seen, diagnosis), fault -> Picture.NONE))
                .orElse(Picture.NONE);
    }

    /** The same object was judged in the pass before, so that there is nothing to look at again. */
    @SuppressWarnings("ReferenceEquality") // an equal diagnosis is looked at again, which costs time alone
    private static boolean isOfPassBefore(Pass pass, Target target, Diagnosis diagnosis) {
        return pass.before().of(target).filter(before -> before == diagnosis).isPresent();
    }

    /** There was room for all changes so far, so that what was kept last is what was seen last; and it is not due again. */
    private static boolean isWhole(Kept kept, Instant at) {
        return kept.count() < NUMBERS_OFTEN && Duration.between(kept.at(), at).compareTo(PastDiagnosis.KEPT_AGAIN) < 0;
    }

    /** @return the same as before where nothing is to be kept now */
    private static Kept kept(Diagnosis diagnosis, String numbers, Optional<Kept> before, Instant at) {
        Kept first = new Kept(diagnosis.state(), diagnosis.hop(), diagnosis.cause(), numbers, at, at, 1);
        if (before.isEmpty()) {
            return first;
        }
        Kept last = before.get();
        boolean isSameState = last.state() == diagnosis.state()
                && last.hop().equals(diagnosis.hop())
                && last.cause().equals(diagnosis.cause());
        Duration age = Duration.between(last.at(), at);
        if (isSameState && last.numbers().equals(numbers)) {
            return age.compareTo(PastDiagnosis.KEPT_AGAIN) < 0 ? last : first;
        }
        if (Duration.between(last.hour(), at).compareTo(HOUR) >= 0) {
            return first;
        }
        int most = isSameState ? NUMBERS_OFTEN : OFTEN;
        boolean isRoom = last.count() < most || age.compareTo(SELDOM) >= 0;
        return isRoom
                ? new Kept(
                        diagnosis.state(),
                        diagnosis.hop(),
                        diagnosis.cause(),
                        numbers,
                        at,
                        last.hour(),
                        last.count() + 1)
                : last;
    }
}
