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
 * What would the API server say to the write that an edge ahead will bring?
 *
 * @param next what counts from the edge on
 * @param at the edge
 * @param now what counts until then
 * @param uid of the live object
 * @param body what the write will carry
 * @param force whether fields of others are to be taken: only then it is told what else stands against the write
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
