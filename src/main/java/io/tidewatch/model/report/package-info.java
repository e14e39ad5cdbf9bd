/** The records of reports: status, incidents, diary, messages; and the pass that carries them. Imports the JDK alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model.report;
