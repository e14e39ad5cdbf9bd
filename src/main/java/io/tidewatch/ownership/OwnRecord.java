package io.tidewatch.ownership;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.Period;
import io.tidewatch.model.cluster.Annotations;
import io.tidewatch.model.cluster.ObjectMeta;
import io.tidewatch.model.cluster.ProcessMark;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.RampStep;
import io.tidewatch.model.definition.LearnedLead;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What our annotations on one object say: the only memory that a new instance needs. A text that does not have our form
 * counts as absent, but for what bounds us: attempts that cannot be read are spent.
 */
public record OwnRecord(ObjectMeta meta) {

    private static final int TAKEOVERS_PER_PERIOD = 1;

    /** Who owns the target. */
    public Optional<String> instance() {
        return meta.annotation(Annotations.INSTANCE);
    }

    public boolean isOf(String instance) {
        return instance().filter(instance::equals).isPresent();
    }

    public Optional<String> source() {
        return meta.annotation(Annotations.SOURCE);
    }

    /** The schedule's namespace and name. */
    public Optional<String> schedule() {
        return meta.annotation(Annotations.SCHEDULE);
    }

    /** The commit that asked for what we wrote last. */
    public Optional<String> commit() {
        return meta.annotation(Annotations.COMMIT);
    }

    /** The period for which we wrote last, as {@link DesiredBounds#period} writes it. */
    public Optional<String> period() {
        return meta.annotation(Annotations.WINDOW);
    }

    /** The window in which we wrote last; absent outside of all windows. */
    public Optional<String> window() {
        return period().flatMap(text -> Period.parse(text).window());
    }

    /** Whether we wrote last in this period; what the record counts starts anew at every edge. */
    public boolean isOfPeriod(String period) {
        return period().filter(period::equals).isPresent();
    }

    /** The baseline that Git had when we wrote last. */
    public Optional<Bounds> baseline() {
        return meta.annotation(Annotations.BASELINE).flatMap(Bounds::parse);
    }

    /** What we wrote last. */
    public Optional<Bounds> applied() {
        return meta.annotation(Annotations.APPLIED).flatMap(Bounds::parse);
    }

    /** When we wrote last. */
    public Optional<Instant> appliedAt() {
        return meta.instant(Annotations.APPLIED_AT);
    }

    /** How often we took the field back in the recorded period. */
    public int takeovers() {
        return meta.annotation(Annotations.TAKEOVERS).map(OwnRecord::count).orElse(0);
    }

    public boolean isTakeoverSpent() {
        return takeovers() >= TAKEOVERS_PER_PERIOD;
    }

    /** The attempts of remedies that count in a period. */
    public Remedies remedies(String period) {
        Remedies recorded =
                meta.annotation(Annotations.REMEDIES).map(Remedies::read).orElse(Remedies.NONE);
        return isOfPeriod(period) ? recorded : recorded.inNextPeriod();
    }

    /** A longer progress deadline that is not put back yet, whatever period it is of. */
    public Optional<Extension> extension() {
        return meta.annotation(Annotations.REMEDIES).map(Remedies::read).flatMap(Remedies::extension);
    }

    /** The ramp that the last write belongs to. */
    public Optional<RampRecord> ramp() {
        return meta.annotation(Annotations.RAMP).flatMap(RampRecord::read);
    }

    /** What was wrong before the step that we wrote last; absent where nothing was. */
    public Optional<BeforeRecord> before() {
        return meta.annotation(Annotations.BEFORE).flatMap(BeforeRecord::read);
    }

    /** When the step began that we wrote last: with the first write of its ramp. */
    public Optional<Instant> stepAt() {
        return ramp().filter(known ->
                        applied().filter(last -> known.isOnWay(last.min())).isPresent())
                .map(RampRecord::since)
                .or(this::appliedAt);
    }

    /** How long the raises of this target take, as far as that was learned. */
    public Optional<LearnedLead> lead() {
        return meta.annotation(Annotations.LEAD).flatMap(LearnedLead::read);
    }

    /** The process that wrote last, where it was not elected. */
    public Optional<ProcessMark> process() {
        return meta.annotation(Annotations.PROCESS).flatMap(ProcessMark::parse);
    }

    /** Why a person holds the object, in that person's words. */
    public Optional<String> holdReason() {
        return meta.annotation(Annotations.HOLD_REASON);
    }

    /** All of it as it is, for a write that is not about the minimum. A hold is a person's and not carried. */
    public Map<String, String> carried() {
        Map<String, String> record = new LinkedHashMap<>();
        meta.annotations().forEach((key, value) -> {
            if (key.startsWith(Annotations.PREFIX) && !Annotations.HOLD.contains(key)) {
                record.put(key, value);
            }
        });
        return record;
    }

    /** The record after another attempt of a remedy, or after its end. */
    public Map<String, String> afterRemedy(DesiredBounds desired, String instance, Remedies spent) {
        Map<String, String> record = carried();
        if (!isOfPeriod(desired.period())) {
            record.remove(Annotations.TAKEOVERS);
        }
        record.put(Annotations.INSTANCE, instance);
        record.put(Annotations.SOURCE, desired.commit().source());
        record.put(Annotations.WINDOW, desired.period());
        remember(record, spent);
        return record;
    }

    /**
     * The record after a write of the minimum: takeovers and remedies that were spent in the same period stay spent.
     *
     * @param takeover whether this write takes the field back
     * @param lead what is known of the time that raises of the target take
     * @param wrong what is wrong now
     */
    public Map<String, String> after(
            DesiredBounds desired,
            String instance,
            boolean takeover,
            Optional<LearnedLead> lead,
            Optional<BeforeRecord> wrong,
            Instant now) {
        boolean samePeriod = isOfPeriod(desired.period());
        Map<String, String> record = first(desired, instance, (samePeriod ? takeovers() : 0) + (takeover ? 1 : 0), now);
        Remedies spent = remedies(desired.period());
        if (!spent.readable()) {
            meta.annotation(Annotations.REMEDIES).ifPresent(text -> record.put(Annotations.REMEDIES, text));
        } else {
            remember(record, spent);
        }
        lead.ifPresent(known -> record.put(Annotations.LEAD, known.text()));
        (continues(desired) ? before() : wrong).ifPresent(known -> record.put(Annotations.BEFORE, known.text()));
        desired.ramp()
                .ifPresent(step ->
                        record.put(Annotations.RAMP, ramp(desired, step, now).text()));
        return record;
    }

    /** All of it as it is, but for a longer progress deadline. */
    public Map<String, String> withoutExtension() {
        Map<String, String> record = carried();
        meta.annotation(Annotations.REMEDIES)
                .map(Remedies::read)
                .filter(Remedies::readable)
                .ifPresent(spent -> remember(record, spent.withoutExtension()));
        return record;
    }

    private static void remember(Map<String, String> record, Remedies spent) {
        if (spent.isEmpty()) {
            record.remove(Annotations.REMEDIES);
        } else {
            record.put(Annotations.REMEDIES, spent.text());
        }
    }

    /** A ramp that goes on to the same end in the same period keeps its beginning. */
    private RampRecord ramp(DesiredBounds desired, RampStep step, Instant now) {
        return new RampRecord(
                step.origin(),
                desired.goal().min(),
                continued(desired).map(RampRecord::since).orElse(now));
    }

    private Optional<RampRecord> continued(DesiredBounds desired) {
        int goal = desired.goal().min();
        return ramp().filter(known -> known.goal() == goal && isOfPeriod(desired.period()))
                .filter(known -> applied()
                        .filter(last -> known.continues(last.min(), goal))
                        .isPresent());
    }

    /**
     * Whether a write belongs to the step that we wrote last: the next step of a ramp, or the same minimum once more in its period. What
     * lacks then may lack because of our own write before.
     */
    private boolean continues(DesiredBounds desired) {
        boolean isSameMinimum = isOfPeriod(desired.period())
                && applied()
                        .filter(last -> last.min() == desired.bounds().min())
                        .isPresent();
        return isSameMinimum
                || (desired.ramp().isPresent() && continued(desired).isPresent());
    }

    /** The record of an object that we write for the first time. */
    public static Map<String, String> first(DesiredBounds desired, String instance, Instant now) {
        return first(desired, instance, 0, now);
    }

    private static Map<String, String> first(DesiredBounds desired, String instance, int takeovers, Instant now) {
        Map<String, String> record = new LinkedHashMap<>();
        record.put(Annotations.INSTANCE, instance);
        record.put(Annotations.SOURCE, desired.commit().source());
        record.put(Annotations.SCHEDULE, desired.schedule().id());
        record.put(Annotations.WINDOW, desired.period());
        record.put(Annotations.BASELINE, desired.baseline().toString());
        record.put(Annotations.APPLIED, desired.bounds().toString());
        record.put(Annotations.APPLIED_AT, now.toString());
        record.put(Annotations.COMMIT, desired.commit().id());
        if (takeovers > 0) {
            record.put(Annotations.TAKEOVERS, Integer.toString(takeovers));
        }
        return record;
    }

    private static int count(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException notOurs) {
            return TAKEOVERS_PER_PERIOD;
        }
    }
}
