package io.tidewatch.diagnose.chain;

import io.tidewatch.model.Moment;
import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.model.cluster.Workload;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Progress.OverwriteTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Another writer sets spec.replicas of the workload after the HPA has set it.
 *
 * <p>Each single observation of such a workload looks innocent: the HPA rescales at each sync, so its lastScaleTime is always
 * young. The proof is the owner of the field in managedFields (an HPA owns the field from its rescale until somebody else
 * writes another number), and rescales to the same size again and again.
 *
 * @param desired the size that the HPA desires
 * @param manager the other writer; absent where the HPA's number stands at the moment and nothing remembers the writer
 * @param writtenAt when the other writer last wrote
 * @param times how often the other writer was observed, in the memory of a live cluster
 * @param rescales the HPA's repeated rescales
 */
public record Overwriting(
        int desired,
        Optional<String> manager,
        Optional<Instant> writtenAt,
        OverwriteTimes times,
        Optional<Rescales> rescales) {

    /** An HPA corrects a foreign number at its next sync, 15 s by default; an older number is a failure of the HPA. */
    private static final Duration RECENT = Duration.ofMinutes(2);

    private static final String SCALE = "scale";

    /** What proves the overwriting now; absent where the objects and the memory do not prove it. */
    static Optional<Overwriting> of(Chain chain) {
        if (chain.workload().isEmpty() || !chain.areReplicasKnown() || KedaPause.isFull(chain)) {
            return Optional.empty();
        }
        OverwriteTimes times = remembered(chain);
        return chain.hpa()
                .filter(hpa -> hpa.minReplicas() >= chain.hpaMinimum())
                .flatMap(hpa -> {
                    int desired = desired(hpa);
                    Optional<Rescales> rescales = Rescales.repeated(chain, hpa, desired);
                    boolean repeats = rescales.isPresent() || times.count() >= Rescales.LEAST;
                    Optional<FieldWriter> now = overwriter(chain, hpa)
                            .filter(writer -> repeats || (isNoCorrection(writer) && isRecent(chain, writer)));
                    return repeats || now.isPresent()
                            ? Optional.of(new Overwriting(
                                    desired,
                                    now.map(FieldWriter::manager).or(times::manager),
                                    now.flatMap(FieldWriter::time)
                                            .or(() -> times.manager().flatMap(any -> times.last())),
                                    times,
                                    rescales))
                            : Optional.empty();
                });
    }

    /**
     * What the next pass must remember: a pass that finds the HPA's number in place knows the writer of the pass before. Where the
     * HPA's Events prove more writes than were observed, as after a restart, the Events count.
     */
    public static OverwriteTimes remembered(Chain chain) {
        Moment now = chain.asOf();
        OverwriteTimes before = chain.input().remembered().overwrites();
        OverwriteTimes kept =
                before.last().filter(now.minus(Rescales.PACE)::isBefore).isPresent() ? before : OverwriteTimes.NONE;
        Optional<HpaView> hpa = chain.hpa();
        OverwriteTimes known = hpa.filter(found -> found.minReplicas() >= chain.hpaMinimum())
                .flatMap(found -> Rescales.repeated(chain, found, desired(found)))
                .map(rescales -> kept.orRescales(rescales.count(), rescales.first(), rescales.last()))
                .orElse(kept);
        return hpa.flatMap(found -> overwriter(chain, found))
                .filter(writer -> isRecent(chain, writer))
                .map(writer -> known.and(writer.manager(), writer.time().orElseGet(now::instant)))
                .orElse(known);
    }

    /** Whether it happened several times; a single foreign write is corrected by the HPA. */
    public boolean isRepeated() {
        return rescales.isPresent() || times.count() >= Rescales.LEAST;
    }

    /** Since when it has happened again and again. */
    public Optional<Instant> since() {
        return isRepeated()
                ? Stream.concat(rescales.map(Rescales::first).stream(), times.since().stream())
                        .min(Instant::compareTo)
                : Optional.empty();
    }

    /** Whether the writer is KEDA with its fallback, or is not known. */
    public boolean mayBeKeda() {
        return manager.filter(found -> !FieldManagers.isKeda(found)).isEmpty();
    }

    public Certainty certainty() {
        return manager.isPresent() ? Certainty.CERTAIN : Certainty.LIKELY;
    }

    static int desired(HpaView hpa) {
        return Math.min(Math.max(hpa.desiredReplicas().orElse(0), hpa.minReplicas()), Math.max(hpa.maxReplicas(), 1));
    }

    /** Who owns spec.replicas, where the number is not the HPA's, although the HPA's number stood there before. */
    private static Optional<FieldWriter> overwriter(Chain chain, HpaView hpa) {
        Optional<Workload> workload = chain.workload()
                .filter(found -> hpa.desiredReplicas().isPresent() && found.desiredReplicas() != desired(hpa));
        if (workload.isEmpty()) {
            return Optional.empty();
        }
        List<FieldWriter> owners = workload.get().meta().writers().stream()
                .filter(FieldWriter::ownsReplicas)
                .toList();
        boolean isFallback = FallbackWriting.of(chain).isPresent();
        boolean isAutoscalers = owners.stream()
                .map(FieldWriter::manager)
                .anyMatch(manager ->
                        FieldManagers.isAutoscaler(manager) && !(isFallback && FieldManagers.isKeda(manager)));
        if (isAutoscalers) {
            return Optional.empty();
        }
        return owners.stream()
                .filter(writer -> FieldManagers.isOtherWriterOfReplicas(writer.manager())
                        || FieldManagers.isKeda(writer.manager()))
                .map(writer -> timed(chain, hpa, writer))
                .filter(writer -> writer.time()
                        .filter(at -> rightBefore(chain, hpa).anyMatch(before -> !at.isBefore(before)))
                        .isPresent())
                .reduce((earlier, later) -> later);
    }

    /**
     * API servers need not write a time into the entry of a scale subresource. An HPA took the field over at its last rescale, so
     * another owner wrote after that: the earliest instant counts, and the same write is not counted again.
     */
    private static FieldWriter timed(Chain chain, HpaView hpa, FieldWriter writer) {
        return writer.time().isEmpty() && writer.subresource().equals(SCALE)
                ? rightBefore(chain, hpa)
                        .max(Comparator.naturalOrder())
                        .map(writer::writtenAt)
                        .orElse(writer)
                : writer;
    }

    /**
     * When the number was the HPA's: at its last rescale, or when the pods of this step were available. KEDA sets a number below
     * the minimum itself at each polling interval, so the HPA may find its number without ever rescaling.
     */
    private static Stream<Instant> rightBefore(Chain chain, HpaView hpa) {
        Optional<Instant> served =
                chain.isSameStep() ? chain.input().remembered().step().availableAt() : Optional.empty();
        return Stream.concat(hpa.lastScaleTime().stream(), served.stream());
    }

    private static boolean isRecent(Chain chain, FieldWriter writer) {
        return writer.time().filter(chain.asOf().minus(RECENT)::isBefore).isPresent();
    }

    /** A single write as {@code kubectl scale} makes it is a person's correction. KEDA repeats its fallback. */
    private static boolean isNoCorrection(FieldWriter writer) {
        return !writer.subresource().equals(SCALE) || FieldManagers.isKeda(writer.manager());
    }
}
