package io.tidewatch.diagnose;

import io.tidewatch.model.ControllerView;
import java.util.List;

/** What is known of the controllers' versions. */
final class Advisories {

    private Advisories() {}

    /** Unknown versions may be affected. */
    static boolean isAffectedByStaleCache(List<ControllerView> controllers) {
        return controllers.isEmpty()
                || controllers.stream().noneMatch(Controllers::isArgoRollouts)
                || controllers.stream()
                        .filter(Controllers::isArgoRollouts)
                        .anyMatch(
                                controller -> !controller.image().matches(".*:v?1\\.(8\\.[0-9]+|9\\..*|1[0-9]\\..*)"));
    }
}
