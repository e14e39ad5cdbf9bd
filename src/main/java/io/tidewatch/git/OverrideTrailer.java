package io.tidewatch.git;

import io.tidewatch.model.Commit;
import io.tidewatch.model.StrangerText;
import io.tidewatch.model.definition.FileChange;
import io.tidewatch.model.definition.FileChange.Flaw;
import io.tidewatch.model.definition.FileChange.Flawed;
import io.tidewatch.model.definition.FreezeOverride;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.revwalk.FooterLine;

/** Reads the trailer {@code Tidewatch-Override: REASON} of a commit's message. */
final class OverrideTrailer {

    private static final String KEY = "Tidewatch-Override";

    private OverrideTrailer() {}

    /**
     * The change that a commit makes to each of its files.
     *
     * @param message the whole message of the commit
     */
    static FileChange change(Commit commit, String message) {
        List<String> values = FooterLine.getValues(FooterLine.fromMessage(message), KEY);
        Optional<FreezeOverride> override = values.stream()
                .map(StrangerText::message)
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .map(reason -> new FreezeOverride(commit, reason));
        return new FileChange(
                commit,
                override,
                override.isPresent() ? Optional.empty() : flaw(values, message).map(flaw -> new Flawed(commit, flaw)));
    }

    private static Optional<Flaw> flaw(List<String> values, String message) {
        if (!values.isEmpty()) {
            return Optional.of(Flaw.EMPTY);
        }
        return message.lines().anyMatch(line -> line.regionMatches(true, 0, KEY + ":", 0, KEY.length() + 1))
                ? Optional.of(Flaw.MISPLACED)
                : Optional.empty();
    }
}
