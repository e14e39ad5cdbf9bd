package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All causes that hold, ordered by how much of the lag each explains; the order below breaks ties. */
public final class Causes {

    private static final List<CauseCheck> ALL = List.of(
            new KedaNotFollowing(),
            new HpaCapped(),
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
            new RolloutsControllerNotFollowing());

    private Causes() {}

    public static List<Explained> ofLag(Chain chain) {
        return ALL.stream()
                .map(check -> check.look(chain))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(Explained::pods).reversed())
                .toList();
    }

    /** Of a status that contradicts pods which serve. */
    public static List<Explained> ofStaleStatus(Chain chain) {
        return Stream.concat(
                        new StaleReplicaSetCache().look(chain).stream(),
                        RolloutsControllerNotFollowing.ofStaleStatus(chain).stream())
                .toList();
    }
}
