package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import java.util.Optional;

/** Looks for one cause of lag, and for its proof. */
interface CauseCheck {

    Optional<Explained> look(Chain chain);
}
