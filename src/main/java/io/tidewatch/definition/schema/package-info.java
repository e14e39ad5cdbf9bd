/** Which fields the API server takes in a Rollout and a ScaledObject, by version, and whether a manifest has others. */
@NullMarked
package io.tidewatch.definition.schema;

import org.jspecify.annotations.NullMarked;
