package io.tidewatch.definition.schema;

/**
 * A field of an object.
 *
 * @param required whether the API server rejects an object without it
 */
record Field(boolean required, Type type) {}
