package io.tidewatch.model.plan;

import io.tidewatch.model.ObjectKey;
import java.util.Map;

/**
 * A live object that a source declares, whole: what was applied is compared with it.
 *
 * @param content as served, with metadata.managedFields, without status; unmodifiable
 */
public record LiveObject(ObjectKey key, Action.Version version, Map<String, Object> content) {}
