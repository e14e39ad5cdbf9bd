package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.model.diagnosis.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All checks for causes. The causes that hold are ordered by how many of the missing pods each explains. */
public final class Causes {

    /** Of too few pods; where two causes explain as many pods, the earlier in this list is named first. */
    private static final List<CauseCheck> OF_LAG = List.of(
            new KedaNotSelecting(),
            new KedaNotFollowing(),
            new HpaCapped(),
            new KedaFallback(),
            new ReplicasOverwritten(),
            new HpaNotScaling(),
            new QuotaExceeded(),
            new AdmissionDenied(),
            new Unschedulable(),
            new VolumePending(),
            new ImagePull(),
            new ContainerConfig(),
            new InitStuck(),
            new OomKilled(),
            new CrashLoop(),
            new NotReady(),
            new EvictionBlocked(),
            new OrdinalBlocked(),
            new RolloutsControllerNotFollowing(),
            new WorkloadControllerNotFollowing());

    /** Of a status that contradicts available pods, and of nothing else. */
    private static final CauseCheck STALE_CACHE = new StaleReplicaSetCache();

    private Causes() {}

    /** Of too few pods. */
    public static List<Explained> ofLag(Chain chain) {
        return OF_LAG.stream()
                .map(check -> check.find(chain))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(Explained::pods).reversed())
                .toList();
    }

    /** Of a status that contradicts available pods. */
    public static List<Explained> ofStaleStatus(Chain chain) {
        return Stream.concat(
                        STALE_CACHE.find(chain).stream(), RolloutsControllerNotFollowing.ofStaleStatus(chain).stream())
                .toList();
    }

    /** Of a restart that does not end while enough pods are available. */
    public static List<Explained> ofRestart(Chain chain) {
        return new EvictionBlocked().find(chain).stream().toList();
    }

    /** The next command of each cause that a check here finds. */
    public static Map<Cause, Function<Kubectl, String>> nextCommands() {
        return checks().collect(Collectors.toMap(CauseCheck::cause, check -> check::nextCommand));
    }

    static Stream<CauseCheck> checks() {
        return Stream.concat(OF_LAG.stream(), Stream.of(STALE_CACHE));
    }
}
