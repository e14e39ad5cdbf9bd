package io.tidewatch.model.plan;

import io.tidewatch.model.Bounds;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.DesiredBounds;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dry run of the write at the next edge.
 *
 * @param next what counts from the edge on
 * @param at the edge
 * @param now what counts until then
 * @param uid of the live object
 * @param body what the write will carry
 * @param force whether to take fields from other managers; only then does the API server report further reasons to reject
 */
public record DryRun(
        DesiredBounds next,
        Instant at,
        Bounds now,
        ObjectKey key,
        String uid,
        Map<String, Object> body,
        boolean force) {

    public DryRun {
        body = Collections.unmodifiableMap(new LinkedHashMap<>(body));
    }

    public DryRun forced() {
        return new DryRun(next, at, now, key, uid, body, true);
    }

    public Target target() {
        return next.target();
    }
}
