package io.tidewatch.alert;

import io.tidewatch.model.Alerting;
import io.tidewatch.model.Incident;
import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import java.util.List;

/** Who is told of an incident. */
public final class Routing {

    private Routing() {}

    /**
     * The schedule's own receivers, else those of the first route that matches, else the defaults; each name once. What is
     * wrong with Tidewatch itself goes to the defaults.
     */
    public static List<String> receivers(Incident incident, Alerting alerting) {
        if (incident.target().isTidewatch()) {
            return alerting.defaults().stream().distinct().toList();
        }
        return incident.receivers().isEmpty()
                ? receivers(incident.target(), incident.severity(), alerting)
                : incident.receivers().stream().distinct().toList();
    }

    /** The receivers of the first route that matches, else the defaults; each name once. */
    static List<String> receivers(Target target, Severity severity, Alerting alerting) {
        return alerting.routes().stream()
                .filter(route -> matches(route, target, severity))
                .findFirst()
                .map(Alerting.Route::receivers)
                .orElse(alerting.defaults())
                .stream()
                .distinct()
                .toList();
    }

    private static boolean matches(Alerting.Route route, Target target, Severity severity) {
        boolean here = route.namespaces().isEmpty() || route.namespaces().contains(target.namespace());
        return here && (route.severities().isEmpty() || route.severities().contains(severity));
    }
}
