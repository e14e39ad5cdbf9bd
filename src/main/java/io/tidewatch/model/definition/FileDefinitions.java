package io.tidewatch.model.definition;

import java.util.List;

/**
 * What one file defines.
 *
 * @param commit the id of the commit whose content is in force: an older one while the file is broken
 * @param hpas HorizontalPodAutoscalers that the source does not apply; a schedule may take its baseline from one
 */
public record FileDefinitions(
        String path,
        String commit,
        List<ScaleSchedule> schedules,
        List<Calendar> calendars,
        List<Manifest> manifests,
        List<AutoscalerSpec> hpas) {

    public FileDefinitions {
        schedules = List.copyOf(schedules);
        calendars = List.copyOf(calendars);
        manifests = List.copyOf(manifests);
        hpas = List.copyOf(hpas);
    }

    /** Definitions without HorizontalPodAutoscalers. */
    public FileDefinitions(
            String path,
            String commit,
            List<ScaleSchedule> schedules,
            List<Calendar> calendars,
            List<Manifest> manifests) {
        this(path, commit, schedules, calendars, manifests, List.of());
    }
}
