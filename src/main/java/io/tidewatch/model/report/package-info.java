/** What people are told: status, incidents, diary, messages; and the pass that carries all of it. The JDK alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model.report;
