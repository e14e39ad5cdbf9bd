package io.tidewatch.definition;

import io.tidewatch.model.Calendar;
import io.tidewatch.model.Manifest;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.ScaleSchedule;
import java.util.Optional;

/** A document of a kind that is read; what it defines is absent where it is wrong. */
record ReadDocument(
        ObjectKey key,
        Place root,
        Optional<ScaleSchedule> schedule,
        Optional<Calendar> calendar,
        Optional<Manifest> manifest) {}
