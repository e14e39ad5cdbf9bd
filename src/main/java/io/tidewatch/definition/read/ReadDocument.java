package io.tidewatch.definition.read;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.Calendar;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.ScaleSchedule;
import io.tidewatch.yaml.Place;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A document of a kind that is read; what it defines is absent where it is wrong.
 *
 * @param line at which it begins
 * @param index of the document in its file, counting those of other kinds and each item of a List
 * @param root its fields with their lines, which are asked for only where something is wrong with them
 */
public record ReadDocument(
        ObjectKey key,
        int line,
        int index,
        Supplier<Place> root,
        Optional<ScaleSchedule> schedule,
        Optional<Calendar> calendar,
        Optional<Manifest> manifest) {

    ReadDocument withRoot(Supplier<Place> other) {
        return new ReadDocument(key, line, index, other, schedule, calendar, manifest);
    }
}
