package io.tidewatch.loop.apply;

import io.tidewatch.model.AutoscalerKind;
import io.tidewatch.model.Commit;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.plan.Action;
import io.tidewatch.plan.Lane;
import io.tidewatch.plan.Lane.Line;
import io.tidewatch.plan.Urgency;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Actions and lanes for the tests of this package. */
final class GivenWrites {

    static final Instant NOW = Instant.parse("2026-11-22T13:30:00Z");

    private GivenWrites() {}

    static Action raise(String namespace, String name) {
        return new Action.SetMinReplicas(
                AutoscalerKind.SCALED_OBJECT,
                new Target(namespace, name),
                new Action.Version("uid-" + name, "100"),
                OptionalInt.of(5),
                7,
                Optional.empty(),
                Map.of("kind", "ScaledObject"),
                false,
                "window opens");
    }

    static Action creation(String name) {
        return new Action.ApplyManifest(
                new Target("shop", name),
                new ObjectKey("keda.sh/v1alpha1", "ScaledObject", "shop", name),
                Optional.empty(),
                Map.of("kind", "ScaledObject"),
                false,
                new Commit("shop", "3f2c1ab9", "Dana", NOW, "a commit"),
                new Origin("shop", "cart.yaml", 1),
                List.of(),
                "new");
    }

    static Lane lane(Action... actions) {
        Target target = actions[0].target();
        return new Lane(target, new Line(Urgency.RAISE, "shop", target.namespace()), List.of(actions));
    }

    static WriteInFlight chosen(Action action, long at) {
        return new WriteInFlight(lane(action), Slice.OVER, at, Optional.empty());
    }
}
