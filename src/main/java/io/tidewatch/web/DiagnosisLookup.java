package io.tidewatch.web;

import io.tidewatch.model.Target;
import io.tidewatch.model.report.PastDiagnosis;
import java.time.Instant;
import java.util.Optional;

/** The diagnoses that the journal keeps. */
@FunctionalInterface
public interface DiagnosisLookup {

    /** @return empty where the journal cannot be read now */
    Optional<PastDiagnosis.AtInstant> diagnosisAt(Target target, Instant at);
}
