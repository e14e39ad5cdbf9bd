package io.tidewatch.alert;

import io.tidewatch.model.Alerting;
import io.tidewatch.model.Incident;
import java.util.List;

/** Who is told of an incident. */
public final class Routing {

    private Routing() {}

    /** The schedule's own receivers, else those of the first route that matches, else the defaults; each name once. */
    public static List<String> receivers(Incident incident, Alerting alerting) {
        List<String> chosen = incident.receivers().isEmpty() ? routed(incident, alerting) : incident.receivers();
        return chosen.stream().distinct().toList();
    }

    private static List<String> routed(Incident incident, Alerting alerting) {
        return alerting.routes().stream()
                .filter(route -> matches(route, incident))
                .findFirst()
                .map(Alerting.Route::receivers)
                .orElse(alerting.defaults());
    }

    private static boolean matches(Alerting.Route route, Incident incident) {
        boolean here = route.namespaces().isEmpty()
                || route.namespaces().contains(incident.target().namespace());
        return here && (route.severities().isEmpty() || route.severities().contains(incident.severity()));
    }
}
