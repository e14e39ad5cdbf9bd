package io.tidewatch.model.cluster;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.WorkloadKind;
import java.util.OptionalInt;

/** The object whose minimum a schedule sets, and which carries Tidewatch's annotations. */
public sealed interface AutoscalerView permits ScaledObjectView, HpaView {

    ObjectMeta meta();

    AutoscalerKind kind();

    /** The written minimum; absent where none is written. */
    OptionalInt minimum();

    /** The written maximum; absent where none is written. */
    OptionalInt maximum();

    /** Minimum and maximum, with the defaults for what is not written. */
    default Bounds bounds() {
        return new Bounds(minimum().orElse(kind().defaultMinimum()), maximum().orElse(Bounds.DEFAULT_MAX));
    }

    /** The kind of spec.scaleTargetRef. */
    WorkloadKind targetKind();

    String targetName();

    /** Where the API server serves the kind of spec.scaleTargetRef. */
    TargetApi targetApi();
}
