package io.tidewatch.config;

import io.tidewatch.yaml.TimeZoneText;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the field {@code timeZone}: an IANA name. */
record ZoneReader(ConfigurationProblems problems) {

    private static final String FIELD = "timeZone";

    /** Empty where it is missing or wrong; what is wrong is reported. */
    Optional<ZoneId> read(Section section) {
        return section.text(FIELD).flatMap(text -> {
            Optional<ZoneId> zone = TimeZoneText.parse(text).value();
            if (zone.isEmpty()) {
                problems.error(
                        section.at(FIELD), "wrong-value", "timeZone is not an IANA name" + TimeZoneText.advice(text));
            }
            TimeZoneText.warning(text)
                    .ifPresent(warning -> problems.warning(section.at(FIELD), "fixed-offset", warning));
            return zone;
        });
    }
}
