package io.tidewatch.plan;

import io.tidewatch.model.cluster.FieldManagers;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.ownership.Extension;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Rollout that a source applies.
 *
 * @param manifest its content in Git
 */
record DeclaredRollout(Map<String, Object> manifest, LiveObject live) {

    OptionalInt deadlineInGit() {
        return Extension.written(manifest);
    }

    /** Whether Git has another progress deadline than the Rollout: the manifest is to be applied first. */
    boolean isBehindGit() {
        return !deadlineInGit().equals(Extension.written(live.content()));
    }

    /**
     * An apply that changes the progress deadline alone: all that Tidewatch applies, as it is now. So it writes nothing of a commit
     * that a freeze holds back.
     *
     * @return absent where Tidewatch applies nothing of the Rollout yet
     */
    Optional<Map<String, Object>> withDeadline(OptionalInt seconds) {
        if (OwnedFields.of(live.content(), FieldManagers.TIDEWATCH).isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> body = OwnedFields.content(live.content(), FieldManagers.TIDEWATCH);
        return Optional.of(ApplyBodies.withDeadline(body, live.key().namespace(), seconds));
    }
}
