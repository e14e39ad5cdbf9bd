package io.tidewatch.definition;

import io.tidewatch.model.Checkout;
import io.tidewatch.model.Commit;
import io.tidewatch.model.FileDefinitions;
import io.tidewatch.model.Problem;
import io.tidewatch.model.SourceDefinitions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what a source defines at a commit, in four phases: each file by itself; the references between them as written;
 * for files with an error their last good version, until what is left agrees; and what was removed, which counts only in
 * a source without errors. Mistakes of users are {@link Problem}s, never exceptions.
 */
public final class DefinitionReader {

    /** The code of a schedule that names a ScaledObject which is not in the same source. */
    public static final String MISSING_OBJECT = "missing-scaled-object";

    private final Scope scope;

    /** Reads whatever is defined, for any namespace. */
    public DefinitionReader() {
        this(Scope.ALL);
    }

    /** @param scope what the source may speak for */
    public DefinitionReader(Scope scope) {
        this.scope = scope;
    }

    /**
     * @param previous what is in force until now; absent after a restart
     * @param past asked for files that have errors and are not in {@code previous}
     */
    public SourceDefinitions read(Checkout checkout, Optional<SourceDefinitions> previous, PastTexts past) {
        Folders folders = new Folders(checkout.files().keySet());
        return settled(checkout, folders, readAll(checkout, folders, false), previous, past);
    }

    private SourceDefinitions settled(
            Checkout checkout,
            Folders folders,
            SortedMap<String, ReadFile> files,
            Optional<SourceDefinitions> previous,
            PastTexts past) {
        List<Problem> problems = new ArrayList<>(folders.problems());
        InForce inForce = new InForce(files, new LastGood(checkout, previous, past, scope), scope);
        problems.addAll(inForce.settle());
        SortedMap<String, FileDefinitions> definitions = inForce.definitions();
        if (previous.isPresent() && problems.stream().anyMatch(Problem::isError)) {
            Removals removals = new Removals(previous.get(), definitions);
            problems.addAll(removals.problems());
            definitions = removals.undone();
        }
        LostCalendars lost = new LostCalendars(definitions);
        problems.addAll(lost.problems());
        problems.sort(Comparator.comparing(Problem::file)
                .thenComparingInt(Problem::line)
                .thenComparing(Problem::path)
                .thenComparing(Problem::severity));
        return new SourceDefinitions(checkout.commit().source(), checkout.commit(), lost.whole(), problems);
    }

    /**
     * Judges texts without a source, a commit or a past; what calendars call their events is kept, for people.
     *
     * @param files path → text, of every file there is
     */
    public Validation validate(Commit commit, SortedMap<String, String> files) {
        Checkout checkout = new Checkout(commit, files, files.keySet());
        Folders folders = new Folders(files.keySet());
        SortedMap<String, ReadFile> read = readAll(checkout, folders, true);
        SourceDefinitions definitions = settled(checkout, folders, read, Optional.empty(), PastTexts.NONE);
        int documents =
                read.values().stream().mapToInt(file -> file.documents().size()).sum();
        return new Validation(definitions, withoutTheirObjects(definitions, read), documents);
    }

    /** Files of which nothing is wrong but that their ScaledObjects are somewhere else. */
    private static SourceDefinitions withoutTheirObjects(
            SourceDefinitions definitions, SortedMap<String, ReadFile> read) {
        SortedMap<String, FileDefinitions> files = new TreeMap<>(definitions.files());
        read.values().stream()
                .filter(ReadFile::isGood)
                .filter(file -> definitions.problems().stream()
                        .filter(problem -> problem.isError() && problem.file().equals(file.path()))
                        .allMatch(problem -> problem.code().equals(MISSING_OBJECT)))
                .forEach(file -> files.putIfAbsent(file.path(), file.definitions()));
        return new SourceDefinitions(definitions.source(), definitions.commit(), files, definitions.problems());
    }

    /**
     * What texts come to.
     *
     * @param definitions those that a source would put in force
     * @param windows these, and schedules besides that lack nothing but a ScaledObject: enough to say when they change
     *     something, not from what
     * @param documents how many of a kind that is read, right or wrong
     */
    public record Validation(SourceDefinitions definitions, SourceDefinitions windows, int documents) {}

    private SortedMap<String, ReadFile> readAll(Checkout checkout, Folders folders, boolean withNames) {
        SortedMap<String, ReadFile> read = new TreeMap<>();
        OtherFiles others = new OtherFiles(checkout.files(), withNames);
        for (Map.Entry<String, String> file : checkout.files().entrySet()) {
            String path = file.getKey();
            if (ReadFile.isYaml(path) && !folders.refuse(path)) {
                Commit commit = checkout.commit();
                read.put(path, scope.limit(ReadFile.of(commit.source(), path, commit.id(), file.getValue(), others)));
            }
        }
        return read;
    }
}
