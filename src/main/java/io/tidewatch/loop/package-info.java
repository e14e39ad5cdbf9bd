/**
 * The stages that the routes call, one class each; the interfaces through which stages cause effects; the alarms and the
 * time line. A stage takes a pass and returns it with its own result. The decisions themselves are made in pure packages.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.loop;
