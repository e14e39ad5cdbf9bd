package io.tidewatch.diagnose.cause;

import io.tidewatch.diagnose.chain.Chain;
import io.tidewatch.diagnose.chain.Explained;
import io.tidewatch.diagnose.chain.Kubectl;
import io.tidewatch.diagnose.chain.Proof;
import io.tidewatch.model.cluster.ControllerView;
import io.tidewatch.model.cluster.ScaledObjectView;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * KEDA runs, and none of the observed operators selects the ScaledObject: by its labels (WATCH_LABEL_SELECTOR, with which several
 * operators share a cluster, keda#7738) or by its namespace (WATCH_NAMESPACE). The API server accepts such an object all the same.
 */
final class KedaNotSelecting implements CauseCheck {

    @Override
    public Cause cause() {
        return Cause.KEDA_NOT_SELECTING;
    }

    /** Live, only the Deployments of some namespaces are observed, so another operator may exist. */
    @Override
    public Optional<Explained> find(Chain chain) {
        if (!KedaNotFollowing.isBehind(chain) || !isProven(chain)) {
            return Optional.empty();
        }
        ScaledObjectView scaledObject = chain.scaledObject().orElseThrow();
        Map<String, String> labels = new TreeMap<>(scaledObject.meta().labels());
        List<Evidence> evidence = new ArrayList<>();
        operators(chain).forEach(operator -> {
            String deployment = "Deployment " + operator.name();
            if (!operator.watches(scaledObject.meta().namespace())) {
                evidence.add(new Evidence(
                        deployment,
                        "env WATCH_NAMESPACE",
                        String.join(",", operator.options().namespaces())));
            } else {
                evidence.add(new Evidence(
                        deployment,
                        "env WATCH_LABEL_SELECTOR",
                        operator.options().labelSelector().text()));
            }
        });
        evidence.add(Proof.scaledObject(scaledObject, "metadata.labels", labels.isEmpty() ? "none" : labels));
        return Optional.of(new Explained(
                Cause.KEDA_NOT_SELECTING,
                Math.max(1, chain.hpaMinimum() - chain.available()),
                chain.input().isLive() ? Certainty.LIKELY : Certainty.CERTAIN,
                sentence(chain, scaledObject),
                evidence));
    }

    @Override
    public String nextCommand(Kubectl kubectl) {
        return "kubectl get scaledobject " + kubectl.name() + kubectl.inNamespace() + " --show-labels";
    }

    /** Whether operators were observed, and each of them is known to pass the ScaledObject by. */
    static boolean isProven(Chain chain) {
        List<ControllerView> operators = operators(chain);
        return !operators.isEmpty()
                && chain.scaledObject()
                        .filter(found -> operators.stream().noneMatch(operator -> operator.mayFollow(found)))
                        .isPresent();
    }

    private static List<ControllerView> operators(Chain chain) {
        return chain.input().controllers().stream()
                .filter(ControllerView::isKeda)
                .toList();
    }

    private static String sentence(Chain chain, ScaledObjectView scaledObject) {
        String namespace = scaledObject.meta().namespace();
        List<ControllerView> watching = operators(chain).stream()
                .filter(operator -> operator.watches(namespace))
                .toList();
        return watching.isEmpty()
                ? "no KEDA operator watches namespace " + namespace + " (WATCH_NAMESPACE of " + names(operators(chain))
                        + ")"
                : "no KEDA operator selects the ScaledObject: its labels do not match WATCH_LABEL_SELECTOR "
                        + watching.stream()
                                .map(operator ->
                                        operator.options().labelSelector().text() + " of " + operator.namespace() + "/"
                                                + operator.name())
                                .collect(Collectors.joining(", "));
    }

    private static String names(List<ControllerView> operators) {
        return operators.stream()
                .map(operator -> operator.namespace() + "/" + operator.name())
                .collect(Collectors.joining(", "));
    }
}
