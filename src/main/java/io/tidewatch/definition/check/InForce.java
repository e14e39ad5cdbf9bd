package io.tidewatch.definition.check;

import io.tidewatch.definition.read.ReadFile;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Problem;
import io.tidewatch.model.definition.FileDefinitions;
import io.tidewatch.yaml.FileProblems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides for each file whether its new version or its last good version counts. A file that refers to a broken file may have to
 * stay at its last good version too, so all files are checked again until no more files stay back.
 */
public final class InForce {

    private final SortedMap<String, ReadFile> read;
    private final LastGood lastGood;
    private final Scope scope;
    private final SortedMap<String, ReadFile> fresh = new TreeMap<>();
    private final SortedMap<String, ReadFile> broken = new TreeMap<>();
    private final SortedMap<String, FileDefinitions> old = new TreeMap<>();
    private int tried;
    private final List<Problem> notFound = new ArrayList<>();

    public InForce(SortedMap<String, ReadFile> read, LastGood lastGood, Scope scope) {
        this.read = read;
        this.lastGood = lastGood;
        this.scope = scope;
    }

    /** All problems, by file. */
    public SortedMap<String, FileProblems> settle() {
        SortedMap<String, FileProblems> problems = new TreeMap<>();
        read.values().forEach(file -> problems.put(file.path(), file.found()));
        CrossChecks asWritten = new CrossChecks(
                new Catalog(List.of(), read.values())
                        .withRemembered(oldOfUnreadable())
                        .withBroken(brokenByThemselves()),
                scope);
        for (ReadFile file : read.values()) {
            FileProblems found = asWritten.check(file);
            problems.merge(file.path(), found, FileProblems::plus);
            (file.isGood() && !keepsBack(file, found) ? fresh : broken).put(file.path(), file);
        }
        fallBack(broken.values());
        for (int iteration = 0; ; iteration++) {
            List<ReadFile> stayingBack = new ArrayList<>();
            CrossChecks checks = new CrossChecks(catalog(), scope);
            for (ReadFile file : fresh.values()) {
                FileProblems found = iteration < Limits.ROUNDS ? checks.check(file) : tangled(file);
                if (keepsBack(file, found)) {
                    problems.merge(file.path(), found.errorsAlone(), FileProblems::plus);
                    stayingBack.add(file);
                }
            }
            if (stayingBack.isEmpty()) {
                notFound.forEach(problem ->
                        problems.merge(problem.file(), FileProblems.NOTHING.plus(problem), FileProblems::plus));
                return problems;
            }
            stayingBack.forEach(file -> {
                fresh.remove(file.path());
                broken.put(file.path(), file);
            });
            fallBack(stayingBack);
        }
    }

    public SortedMap<String, FileDefinitions> definitions() {
        SortedMap<String, FileDefinitions> definitions = new TreeMap<>(old);
        fresh.forEach((path, file) -> definitions.put(path, file.definitions()));
        return definitions;
    }

    private Catalog catalog() {
        return new Catalog(old.values(), fresh.values()).withBroken(broken.values());
    }

    private void fallBack(Collection<ReadFile> files) {
        for (ReadFile file : List.copyOf(files)) {
            Optional<FileDefinitions> version =
                    lastGood.of(file.path(), candidate -> !file.isGood() || fits(candidate));
            version.ifPresentOrElse(definitions -> old.put(file.path(), definitions), () -> notFound(file));
        }
    }

    /**
     * An unknown receiver keeps a file back only where this process had an earlier version of it in force. After a restart
     * the reason may be the configuration, and an old version would be worse than this one, whose incidents go to those
     * that the routes name.
     */
    private boolean keepsBack(ReadFile file, FileProblems found) {
        return found.codesOfErrors().stream()
                .anyMatch(code -> !code.equals(ScheduleChecks.UNKNOWN_RECEIVER) || lastGood.remembers(file.path()));
    }

    /** Each round checks every file again. A chain of files that depend on one another needs as many rounds as it has files. */
    private static FileProblems tangled(ReadFile file) {
        return FileProblems.NOTHING.plus(new Problem(
                file.path(),
                1,
                "",
                Problem.Severity.ERROR,
                "too-many",
                "more than " + Limits.ROUNDS
                        + " files wait for one another, so none of their changes is in force; fix the errors"
                        + " of the other files first"));
    }

    /** Whether nothing of a file is in force, which must be reported. */
    private void notFound(ReadFile file) {
        lastGood.past()
                .cut()
                .or(() -> tried > Limits.VERSIONS_TRIED
                        ? Optional.of(Limits.VERSIONS_TRIED + " tries")
                        : Optional.empty())
                .ifPresent(seen -> notFound.add(new Problem(
                        file.path(),
                        1,
                        "",
                        Problem.Severity.WARNING,
                        "no-last-good",
                        "no version of this file without errors was found in " + seen
                                + " and older ones were not read, so nothing of this file is in force; fix it")));
    }

    /** Whether a version from the history agrees with what counts now. */
    private boolean fits(ReadFile candidate) {
        tried++;
        if (tried > Limits.VERSIONS_TRIED) {
            return false;
        }
        SortedMap<String, ReadFile> with = new TreeMap<>(fresh);
        with.put(candidate.path(), candidate);
        Catalog catalog = new Catalog(old.values(), with.values()).withBroken(broken.values());
        return !keepsBack(candidate, new CrossChecks(catalog, scope).check(candidate));
    }

    /** If not even names can be read, the names of the last good version count. */
    private List<FileDefinitions> oldOfUnreadable() {
        return read.values().stream()
                .filter(file -> !file.wholly())
                .flatMap(file -> lastGood.of(file.path(), candidate -> true).stream())
                .toList();
    }

    private List<ReadFile> brokenByThemselves() {
        return read.values().stream().filter(file -> !file.isGood()).toList();
    }
}
