package io.tidewatch.diagnose.timing;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.model.cluster.FieldWriter;
import io.tidewatch.model.cluster.HpaView;
import io.tidewatch.ownership.OwnRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** When a step was written, by our annotation and by the managedFields; none of these instants is later than now. */
record Traces(Chain chain) {

    /** When we wrote the minimum that stands; absent where it is not ours. */
    Optional<Instant> appliedAt() {
        Optional<OwnRecord> ours = chain.autoscaler().map(found -> new OwnRecord(found.meta()));
        boolean isOurs = ours.flatMap(OwnRecord::applied)
                .filter(applied -> applied.min() == chain.minimum().written().orElse(-1))
                .isPresent();
        return isOurs && chain.minimum().isRight()
                ? ours.flatMap(OwnRecord::appliedAt).map(this::notAfterNow)
                : Optional.empty();
    }

    /**
     * When any writer last wrote the minimum. A minimum that is changed manually in the middle of a window begins a step,
     * so nothing is late at that very moment.
     */
    Optional<Instant> minimumWrittenAt() {
        return chain.autoscaler()
                .flatMap(found -> newest(found.meta().writers().stream().filter(FieldWriter::ownsMinimum)))
                .map(this::notAfterNow);
    }

    /** When the HPA's spec was last written. */
    Optional<Instant> hpaWrittenAt() {
        return chain.hpa()
                .map(HpaView::meta)
                .flatMap(meta -> newest(meta.writers().stream()
                        .filter(writer -> writer.subresource().isEmpty())))
                .map(this::notAfterNow);
    }

    /** Whether the desired minimum stands on the autoscaler and on the HPA. */
    boolean hpaHasMinimum() {
        if (!chain.minimum().isRight() && !chain.minimum().isRaisedManually()) {
            return false;
        }
        return chain.hpa()
                .map(hpa -> hpa.minReplicas() >= chain.hpaMinimum())
                .orElse(chain.scaledObject().isEmpty());
    }

    Instant notAfterNow(Instant at) {
        return chain.input().now().orEarlier(at);
    }

    private static Optional<Instant> newest(Stream<FieldWriter> writers) {
        return writers.flatMap(writer -> writer.time().stream()).max(Instant::compareTo);
    }
}
