package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.model.diagnosis.Cause;
import java.util.Optional;

/** Checks for one cause: whether it holds and what proves it, and what a person runs next. */
interface CauseCheck {

    Cause cause();

    /** The cause with its sentence and its proof; empty where the objects do not prove it. */
    Optional<Explained> find(Chain chain);

    /** The command that shows more of this cause, or ends it; called only if this is the first cause. */
    String nextCommand(Kubectl kubectl);
}
