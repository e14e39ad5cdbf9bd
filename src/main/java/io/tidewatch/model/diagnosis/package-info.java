/** What was concluded of a target: state, causes, evidence. The JDK alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model.diagnosis;
