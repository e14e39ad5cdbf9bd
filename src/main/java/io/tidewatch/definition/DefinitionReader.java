package io.tidewatch.definition;

import io.tidewatch.definition.check.InForce;
import io.tidewatch.definition.check.LastGood;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Removals;
import io.tidewatch.definition.check.ScheduleChecks;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.check.SourceSize;
import io.tidewatch.definition.read.OtherFiles;
import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.yaml.FileProblems;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads the definitions of a source at a commit, in four phases: each file by itself; the references between files as written;
 * the last good version of each file with an error, until all references hold; and removals, which count only in a source
 * without errors. A commit with more definitions than a source may have changes nothing. Mistakes of users are {@link Problem}s,
 * never exceptions.
 *
 * <p>There is one reader for each source. It remembers the files of the commit before and parses only files that changed.
 */
public final class DefinitionReader {

    private final Scope scope;
    private final SourceSize.Most most;
    private final Schemas schemas;
    private final KnownFiles known;

    /** How many files were parsed so far: a commit that changes one file parses one. */
    public int parsed() {
        return known.parsed();
    }

    /** A reader that accepts every namespace. */
    public DefinitionReader() {
        this(Scope.ALL);
    }

    /** @param scope the namespaces in which the source may define objects */
    public DefinitionReader(Scope scope) {
        this(scope, SourceSize.Most.DEFAULT, Schemas.NEWEST);
    }

    /** @param schemas which fields the API server takes in manifests */
    public DefinitionReader(Scope scope, Schemas schemas) {
        this(scope, SourceSize.Most.DEFAULT, schemas);
    }

    public DefinitionReader(Scope scope, SourceSize.Most most) {
        this(scope, most, Schemas.NEWEST);
    }

    private DefinitionReader(Scope scope, SourceSize.Most most, Schemas schemas) {
        this.scope = scope;
        this.most = most;
        this.schemas = schemas;
        this.known = new KnownFiles(schemas, scope.kinds());
    }

    /**
     * @param previous what is in force until now; absent after a restart
     * @param past asked for files that have errors and are not in {@code previous}
     */
    public SourceDefinitions read(Checkout checkout, Optional<SourceDefinitions> previous, PastTexts past) {
        Folders folders = new Folders(checkout.files().keySet());
        Reading reading = readAll(checkout, folders, false);
        return reading.tooLarge()
                .map(problem -> unchanged(checkout, previous, List.of(problem)))
                .orElseGet(() -> settled(
                                checkout,
                                folders,
                                reading.files(),
                                previous.filter(DefinitionReader::isRemembered),
                                past)
                        .definitions());
    }

    /** Whether earlier definitions are known. They are not where the first commit after a restart was too large: then the history is searched. */
    private static boolean isRemembered(SourceDefinitions previous) {
        return !previous.files().isEmpty()
                || previous.problems().stream()
                        .noneMatch(problem -> problem.code().equals(SourceSize.CODE));
    }

    /** The definitions that were in force before, which stay in force, and the reason. */
    private static SourceDefinitions unchanged(
            Checkout checkout, Optional<SourceDefinitions> previous, List<Problem> problems) {
        Commit commit = checkout.commit();
        return new SourceDefinitions(
                commit.source(),
                commit,
                previous.map(SourceDefinitions::files).orElseGet(Collections::emptySortedMap),
                problems,
                previous.map(SourceDefinitions::changes).orElseGet(Collections::emptySortedMap));
    }

    private Settled settled(
            Checkout checkout,
            Folders folders,
            SortedMap<String, ReadFile> files,
            Optional<SourceDefinitions> previous,
            PastTexts past) {
        InForce inForce = new InForce(
                files,
                new LastGood(checkout, previous, past, scope, new OtherFiles(checkout.files(), false), schemas),
                scope);
        SortedMap<String, FileProblems> found = inForce.settle();
        folders.problems().forEach(problem -> add(found, problem));
        SortedMap<String, FileDefinitions> definitions = inForce.definitions();
        if (previous.isPresent() && found.values().stream().anyMatch(FileProblems::hasErrors)) {
            Removals removals = new Removals(previous.get(), definitions);
            removals.problems().forEach(problem -> add(found, problem));
            definitions = removals.undone();
        }
        LostCalendars lost = new LostCalendars(definitions);
        lost.problems().forEach(problem -> add(found, problem));
        previous.ifPresent(known ->
                new ImmutableFields(known, lost.whole().values()).problems().forEach(problem -> add(found, problem)));
        Changes changes = new Changes(checkout, previous);
        changes.problems().forEach(problem -> add(found, problem));
        Commit commit = checkout.commit();
        List<Problem> reported = FileProblems.toReport(found.values());
        SortedMap<String, FileDefinitions> whole = lost.whole();
        return new Settled(
                SourceSize.judge(whole.values(), most)
                        .map(problem -> unchanged(checkout, previous, with(reported, problem)))
                        .orElseGet(() -> new SourceDefinitions(
                                commit.source(), commit, whole, reported, changes.inForce(found))),
                found);
    }

    private static List<Problem> with(List<Problem> problems, Problem last) {
        return Stream.concat(problems.stream(), Stream.of(last)).toList();
    }

    private static void add(SortedMap<String, FileProblems> found, Problem problem) {
        found.merge(problem.file(), FileProblems.NOTHING.plus(problem), FileProblems::plus);
    }

    /** @param found all problems, by file; the definitions have as many of them as are reported */
    private record Settled(SourceDefinitions definitions, SortedMap<String, FileProblems> found) {}

    /**
     * Checks texts without a source, a commit or a history. The names of calendar events are kept, for people.
     *
     * @param files path → text, of every file there is
     */
    public Validation validate(Commit commit, SortedMap<String, String> files) {
        Checkout checkout = new Checkout(commit, files, files.keySet());
        Folders folders = new Folders(files.keySet());
        Reading reading = readAll(checkout, folders, true);
        SortedMap<String, ReadFile> read = reading.files();
        int documents =
                read.values().stream().mapToInt(file -> file.documents().size()).sum();
        if (reading.tooLarge().isPresent()) {
            SourceDefinitions nothing = unchanged(
                    checkout, Optional.empty(), List.of(reading.tooLarge().get()));
            return new Validation(nothing, nothing, documents);
        }
        Settled settled = settled(checkout, folders, read, Optional.empty(), PastTexts.NONE);
        return new Validation(settled.definitions(), withoutTheirObjects(settled, read), documents);
    }

    /** Files of which nothing is wrong but that their ScaledObjects are somewhere else. */
    private static SourceDefinitions withoutTheirObjects(Settled settled, SortedMap<String, ReadFile> read) {
        SourceDefinitions definitions = settled.definitions();
        SortedMap<String, FileDefinitions> files = new TreeMap<>(definitions.files());
        read.values().stream()
                .filter(ReadFile::isGood)
                .filter(file -> settled.found().getOrDefault(file.path(), FileProblems.NOTHING).codesOfErrors().stream()
                        .allMatch(ScheduleChecks.MISSING_OBJECT::equals))
                .forEach(file -> files.putIfAbsent(file.path(), file.definitions()));
        return new SourceDefinitions(definitions.source(), definitions.commit(), files, definitions.problems());
    }

    /**
     * The result of checking texts.
     *
     * @param definitions those that a source would put in force
     * @param windows the same, with the schedules that lack nothing but a ScaledObject: the instants of their changes are known, the
     *     old values are not
     * @param documents how many of a kind that is read, right or wrong; those read until a limit of a source was passed
     */
    public record Validation(SourceDefinitions definitions, SourceDefinitions windows, int documents) {}

    /**
     * The files of a commit, each by itself.
     *
     * @param tooLarge the first document past a limit of a source; no file behind it was read
     */
    private record Reading(SortedMap<String, ReadFile> files, Optional<Problem> tooLarge) {}

    /** What is unchanged since the commit read before is not parsed again; a source that is too large is not read further. */
    private Reading readAll(Checkout checkout, Folders folders, boolean withNames) {
        SortedMap<String, ReadFile> read = new TreeMap<>();
        OtherFiles others = new OtherFiles(checkout.files(), withNames);
        Commit commit = checkout.commit();
        SourceSize size = new SourceSize(most);
        Optional<Problem> tooLarge = Optional.empty();
        for (Map.Entry<String, String> file : checkout.files().entrySet()) {
            String path = file.getKey();
            if (ReadFile.isYaml(path) && !folders.refuse(path)) {
                ReadFile one = scope.limit(known.read(commit, path, file.getValue(), others));
                read.put(path, one);
                tooLarge = size.add(one);
                if (tooLarge.isPresent()) {
                    break;
                }
            }
        }
        known.forgetAllBut(read.keySet());
        return new Reading(read, tooLarge);
    }
}
