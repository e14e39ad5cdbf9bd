package io.tidewatch.diagnose;

import java.util.Optional;

/** One rule of the convergence check: says where the target stands, or lets the next rule speak. */
interface Rule {

    Optional<Standing> judge(Chain chain);
}
