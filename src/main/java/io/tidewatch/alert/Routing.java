package io.tidewatch.alert;

import io.tidewatch.model.Alerting;
import io.tidewatch.model.Incident;
import java.util.List;

/** Who is told of an incident: the schedule's own receivers, else the first route that matches, else the defaults. */
public final class Routing {

    private Routing() {}

    public static List<String> receivers(Incident incident, Alerting alerting) {
        if (!incident.receivers().isEmpty()) {
            return incident.receivers();
        }
        return alerting.routes().stream()
                .filter(route -> matches(route, incident))
                .findFirst()
                .map(Alerting.Route::receivers)
                .orElse(alerting.defaults());
    }

    private static boolean matches(Alerting.Route route, Incident incident) {
        return (route.namespaces().isEmpty()
                        || route.namespaces().contains(incident.target().namespace()))
                && (route.severities().isEmpty() || route.severities().contains(incident.severity()));
    }
}
