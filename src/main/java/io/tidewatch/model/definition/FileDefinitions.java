package io.tidewatch.model.definition;

import java.util.List;

/**
 * What one file defines.
 *
 * @param commit the id of the commit whose content is in force: an older one while the file is broken
 */
public record FileDefinitions(
        String path, String commit, List<ScaleSchedule> schedules, List<Calendar> calendars, List<Manifest> manifests) {

    public FileDefinitions {
        schedules = List.copyOf(schedules);
        calendars = List.copyOf(calendars);
        manifests = List.copyOf(manifests);
    }
}
