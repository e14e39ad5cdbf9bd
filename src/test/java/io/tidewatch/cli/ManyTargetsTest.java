package io.tidewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tidewatch.model.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One request for each target, whichever of the others fails. */
class ManyTargetsTest {

    @Test
    void failuresAreNamedAndTheOthersAreWritten() {
        List<Target> targets = IntStream.range(0, 100)
                .mapToObj(number -> new Target("shop", "web" + number))
                .toList();
        Set<Target> written = new ConcurrentSkipListSet<>();

        Map<Target, String> failures = ManyTargets.failures(targets, target -> {
            if (target.name().endsWith("7")) {
                throw new KubernetesClientException("scaledobjects \"" + target.name() + "\" is forbidden", 403, null);
            }
            written.add(target);
        });

        assertThat(failures).hasSize(10);
        assertThat(failures.keySet().iterator().next()).isEqualTo(new Target("shop", "web7"));
        assertThat(failures.get(new Target("shop", "web7"))).contains("forbidden");
        assertThat(new TreeSet<>(written)).hasSize(90);
        assertThat(ManyTargets.report(100, failures, "held", "not held")).isEqualTo(2);
        assertThat(ManyTargets.report(1, Map.of(), "held", "not held")).isZero();
    }
}
