package io.tidewatch.loop;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.Incident;
import java.util.Map;

/** The incidents that are not resolved, from the journal. */
@FunctionalInterface
public interface OpenIncidents {

    Map<Target, Incident> openIncidents();
}
