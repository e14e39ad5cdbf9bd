package io.tidewatch.definition.read;

import io.tidewatch.definition.calendar.IcsReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a source as a calendar refers to them; each iCalendar file is read once, however many name it. */
public final class OtherFiles {

    private final Map<String, String> files;
    private final boolean withNames;
    private final Map<String, IcsReader.Read> read = new HashMap<>();
    private Optional<List<String>> icsPaths = Optional.empty();
    private boolean asked;

    /**
     * @param files path → text, of the whole source
     * @param withNames whether what events are called is kept
     */
    public OtherFiles(Map<String, String> files, boolean withNames) {
        this.files = files;
        this.withNames = withNames;
    }

    Optional<String> text(String path) {
        asked = true;
        return Optional.ofNullable(files.get(path));
    }

    IcsReader.Read ics(String path, String text) {
        return read.computeIfAbsent(path, p -> IcsReader.read(path, text, withNames));
    }

    Collection<String> icsPaths() {
        if (icsPaths.isEmpty()) {
            icsPaths = Optional.of(
                    files.keySet().stream().filter(f -> f.endsWith(".ics")).toList());
        }
        return icsPaths.get();
    }

    /** Whether another file was read since the last call: what was read meanwhile depends on it. */
    public boolean wasAsked() {
        boolean was = asked;
        asked = false;
        return was;
    }
}
