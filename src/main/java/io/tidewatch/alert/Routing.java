package io.tidewatch.alert;

import io.tidewatch.model.Severity;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Alerting;
import io.tidewatch.model.report.Incident;
import java.util.List;

/** Decides which receivers get the messages about an incident. */
public final class Routing {

    private Routing() {}

    /**
     * The schedule's own receivers that are configured, else those of the first route that matches, else the defaults; each
     * name once. So an unknown receiver in a schedule never keeps an incident from being sent. Incidents of Tidewatch itself go
     * to the defaults, unless they name others.
     */
    public static List<String> receivers(Incident incident, Alerting alerting) {
        return incident.target().isTidewatch() && incident.receivers().isEmpty()
                ? alerting.defaults().stream().distinct().toList()
                : receivers(incident.receivers(), incident.target(), incident.severity(), alerting);
    }

    /** @param own the receivers that the target's schedule names */
    static List<String> receivers(List<String> own, Target target, Severity severity, Alerting alerting) {
        List<String> known =
                own.stream().filter(alerting.names()::contains).distinct().toList();
        return known.isEmpty() ? receivers(target, severity, alerting) : known;
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
