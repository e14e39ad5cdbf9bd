package io.tidewatch.loop.source;

import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.git.GitSource;
import io.tidewatch.git.History;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The texts of files at earlier commits. The history of the mirror is opened for the first file. */
public final class GitPast implements PastTexts {

    private final GitSource mirror;
    private @Nullable History history;

    private GitPast(GitSource mirror) {
        this.mirror = mirror;
    }

    /** To be made anew for each commit that is read. */
    public static PastTexts of(GitSource mirror) {
        return new GitPast(mirror);
    }

    @Override
    public Stream<PastText> of(String path) {
        History opened = history;
        if (opened == null) {
            opened = mirror.history();
            history = opened;
        }
        return opened.of(path).map(text -> new PastText(text.commit(), text.text()));
    }

    @Override
    public Optional<String> cut() {
        return Optional.ofNullable(history).flatMap(History::cut);
    }

    @Override
    public void close() {
        if (history != null) {
            history.close();
        }
    }
}
