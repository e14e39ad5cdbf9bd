/** The hand-over records between the stages, in flow order: Commit, Definitions, Agenda, Observation, Diagnosis, Plan, Outcome, Report. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.model;
