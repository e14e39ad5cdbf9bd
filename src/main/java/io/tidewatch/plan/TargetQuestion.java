package io.tidewatch.plan;

import io.tidewatch.model.cluster.Budgets;
import io.tidewatch.model.cluster.TargetObservation;
import io.tidewatch.model.definition.DesiredBounds;
import io.tidewatch.model.definition.LearnedLead;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.plan.PendingLowerings.Wait;
import java.util.Optional;

/**
 * Everything that decides what a target's autoscaler needs, but the time.
 *
 * @param manifest of a source that applies it
 * @param rollout of a source that applies it
 * @param budgets the PodDisruptionBudgets that are known
 * @param waited where a lowering waited for health until now
 * @param learned the lead that the target's past raises teach
 */
record TargetQuestion(
        DesiredBounds desired,
        TargetObservation seen,
        Optional<Diagnosis> diagnosis,
        Optional<Manifest> manifest,
        Optional<DeclaredRollout> rollout,
        Budgets budgets,
        String instance,
        Optional<Wait> waited,
        Optional<LearnedLead> learned) {}
