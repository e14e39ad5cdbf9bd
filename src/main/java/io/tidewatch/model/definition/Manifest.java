package io.tidewatch.model.definition;

import io.tidewatch.model.ObjectKey;
import java.util.Map;

/**
 * An object that a source declares, as written.
 *
 * @param content the document as nested maps, lists and scalars (String, Boolean, Integer, Long, Double, BigInteger); unmodifiable
 */
public record Manifest(ObjectKey key, Map<String, Object> content, Origin origin) {}
