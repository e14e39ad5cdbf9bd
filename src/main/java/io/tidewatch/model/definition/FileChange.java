package io.tidewatch.model.definition;

import io.tidewatch.model.Commit;
import java.util.Optional;

/**
 * The commits that changed a file since the commit that was applied last.
 *
 * @param newest the newest of them
 * @param override the newest of them that lets the file through a freeze
 * @param flawed the newest of them whose trailer lets nothing through
 */
public record FileChange(Commit newest, Optional<FreezeOverride> override, Optional<Flawed> flawed) {

    /** A change without the trailer {@code Tidewatch-Override}. */
    public static FileChange by(Commit newest) {
        return new FileChange(newest, Optional.empty(), Optional.empty());
    }

    /** A trailer {@code Tidewatch-Override} that lets nothing through. */
    public record Flawed(Commit commit, Flaw flaw) {}

    /** Why a trailer lets nothing through. */
    public enum Flaw {
        /** It has no reason. */
        EMPTY,

        /** It does not stand in the last paragraph of the message, where Git expects trailers. */
        MISPLACED
    }
}
