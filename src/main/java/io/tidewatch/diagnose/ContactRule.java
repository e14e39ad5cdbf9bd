package io.tidewatch.diagnose;

import io.tidewatch.model.ClusterState;
import java.util.Optional;

/** While nothing is heard of the API server, what was known last proves nothing: neither that all is well nor whose fault it is. */
final class ContactRule implements Rule {

    @Override
    public Optional<Standing> judge(Chain chain) {
        return chain.canSee(ClusterState.API_SERVER)
                ? Optional.empty()
                : Optional.of(Standing.unknown("the API server does not answer; what was seen last may be old"));
    }
}
