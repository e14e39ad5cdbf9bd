package io.tidewatch.diagnose.chain;

import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.RolloutView;
import io.tidewatch.model.cluster.Version;
import io.tidewatch.model.diagnosis.Advisory;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** The known faults of the versions of the controllers that a target depends on; the table is data beside this class. */
public final class Advisories {

    private static final String STALE_CACHE = "4047";
    private static final String ARGO_ROLLOUTS = "argo-rollouts";
    private static final String KEDA = "keda";
    private static final List<VersionFault> TABLE = load();

    private Advisories() {}

    private static List<VersionFault> load() {
        ResourceBundle table = ResourceBundle.getBundle("io.tidewatch.diagnose.chain.advisories");
        return table.keySet().stream()
                .sorted()
                .map(key -> VersionFault.parse(key, table.getString(key)))
                .toList();
    }

    /**
     * One advisory for each fault of each observed version.
     *
     * @param rollout the Rollout that the faults must concern; absent where none was observed: all faults
     */
    public static List<Advisory> of(List<ControllerView> controllers, Optional<RolloutView> rollout) {
        return controllers.stream()
                .flatMap(controller -> name(controller).stream().flatMap(name -> of(name, controller, rollout)))
                .distinct()
                .toList();
    }

    private static Stream<Advisory> of(String name, ControllerView controller, Optional<RolloutView> rollout) {
        Optional<Version> version = Version.of(controller);
        if (version.isEmpty()) {
            return Stream.of(new Advisory(
                    name,
                    "version unknown, Deployment " + controller.name() + " names neither a tag nor the label"
                            + " app.kubernetes.io/version",
                    Optional.empty()));
        }
        return TABLE.stream()
                .filter(fault -> fault.concerns(name, version.get()) && fault.mayConcern(rollout))
                .map(fault -> new Advisory(name + " " + version.get(), fault.text(), fault.upgrade()));
    }

    /** Whether argo-rollouts#4047 may be at work; a version that is not known may have it. */
    public static boolean isAffectedByStaleCache(List<ControllerView> controllers) {
        return mayHave(STALE_CACHE, controllers);
    }

    /** Whether a fault of Argo Rollouts may be at work. */
    static boolean mayHave(String id, List<ControllerView> controllers) {
        List<Optional<Version>> versions = controllers.stream()
                .filter(ControllerView::isArgoRollouts)
                .map(Version::of)
                .toList();
        return versions.isEmpty()
                || versions.stream()
                        .anyMatch(version -> version.isEmpty()
                                || TABLE.stream()
                                        .filter(fault -> fault.id().equals(id))
                                        .anyMatch(fault -> fault.concerns(ARGO_ROLLOUTS, version.get())));
    }

    /** Whether a Rollouts controller was seen whose version can be read. */
    public static boolean isArgoRolloutsKnown(List<ControllerView> controllers) {
        return controllers.stream()
                .filter(ControllerView::isArgoRollouts)
                .anyMatch(controller -> Version.of(controller).isPresent());
    }

    private static Optional<String> name(ControllerView controller) {
        if (controller.isArgoRollouts()) {
            return Optional.of(ARGO_ROLLOUTS);
        }
        return controller.isKeda() ? Optional.of(KEDA) : Optional.empty();
    }
}
