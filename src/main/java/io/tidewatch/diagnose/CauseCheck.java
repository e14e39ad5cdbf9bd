package io.tidewatch.diagnose;

import java.util.Optional;

/** Looks for one cause of lag, and for its proof. */
interface CauseCheck {

    Optional<Explained> look(Chain chain);
}
