/** What a pass is to do and what came of it: actions, outcomes, dry runs. The JDK alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model.plan;
