package io.tidewatch.preflight.node;

import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;

/**
 * Why another pod of a target would find no node.
 *
 * @param certainty certain where pods of the target itself wait now
 * @param sentence with the scheduler's own counts
 */
public record NoNode(Certainty certainty, String sentence, Evidence evidence) {}
