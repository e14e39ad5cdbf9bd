package io.tidewatch.app.stage;

import io.tidewatch.definition.PastTexts;
import io.tidewatch.git.GitSource;

/** The text of a file at earlier commits, in the words of the definitions. */
public final class GitPast {

    private GitPast() {}

    public static PastTexts of(GitSource mirror) {
        return path -> mirror.pastTexts(path).map(text -> new PastTexts.PastText(text.commit(), text.text()));
    }
}
