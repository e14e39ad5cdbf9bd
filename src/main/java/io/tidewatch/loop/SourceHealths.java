package io.tidewatch.loop;

import io.tidewatch.model.report.SourceHealth;
import java.util.List;

/** Knows the health of each source, in the order configured. Waits for no pull. */
@FunctionalInterface
public interface SourceHealths {

    List<SourceHealth> now();
}
