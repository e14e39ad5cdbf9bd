package io.tidewatch.cli;

import io.tidewatch.model.Target;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.DesiredBounds.OpenWindow;
import io.tidewatch.model.definition.DesiredBounds.Upcoming;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.LearnedLeads;
import io.tidewatch.model.definition.Window;
import io.tidewatch.text.LeadText;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The next raise of a target whose window learns its lead.
 *
 * @param at when the raise begins
 * @param learned what is known of the target
 */
record ComingLead(
        Target target, OpenWindow window, ZoneId zone, Instant at, Window.Lead written, Optional<LearnedLead> learned) {

    static List<ComingLead> of(DesiredState desired, LearnedLeads leads) {
        return desired.desired().values().stream()
                .flatMap(one -> of(one, leads).stream())
                .toList();
    }

    private static Optional<ComingLead> of(DesiredBounds desired, LearnedLeads leads) {
        Optional<Upcoming> raise = desired.upcoming()
                .filter(next -> next.bounds().min() > desired.goal().min());
        return raise.flatMap(Upcoming::window)
                .flatMap(window -> desired.next()
                        .flatMap(at -> lead(desired, window)
                                .map(lead -> new ComingLead(
                                        desired.target(),
                                        window,
                                        desired.schedule().timeZone(),
                                        at,
                                        lead,
                                        leads.of(desired.target())))));
    }

    private static Optional<Window.Lead> lead(DesiredBounds desired, OpenWindow coming) {
        return desired.schedule().windows().stream()
                .filter(window -> window.name().equals(coming.name()))
                .map(Window::lead)
                .filter(Window.Lead::isLearned)
                .findFirst();
    }

    private Duration counts() {
        return Duration.between(at, window.start());
    }

    String text() {
        return target + "  window " + window.name() + " raises from " + time() + " on ("
                + LeadText.of(written, learned, counts()) + ")";
    }

    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("target", target.toString());
        fields.put("window", window.name());
        fields.put("at", at.toString());
        fields.put("counts", counts().toString());
        fields.put("learned", learned.map(lead -> lead.length().toString()).orElse(null));
        fields.put("basis", learned.map(LearnedLead::basis).orElse(null));
        return fields;
    }

    private String time() {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.ofInstant(at, zone));
    }
}
