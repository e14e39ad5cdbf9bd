package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.Origin;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.plan.Agreements.Scope;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AgreementsTest {

    private static final ObjectKey KEY = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "checkout");
    private static final ObjectKey OTHER = new ObjectKey("argoproj.io/v1alpha1", "Rollout", "shop", "cart");

    private final Agreements agreements = new Agreements();
    private final Manifest manifest = manifest(5);

    @Test
    void sameTwoAreNotComparedAgain() {
        Counted content = new Counted(content(5));

        assertThat(decided(manifest, live(content))).isEqualTo(Decision.NOTHING);
        int once = content.reads;
        assertThat(once).isPositive();
        assertThat(decided(manifest, live(content))).isEqualTo(Decision.NOTHING);
        assertThat(content.reads).isEqualTo(once);
    }

    @Test
    void changedObjectIsComparedAgain() {
        assertThat(decided(manifest, live(content(5)))).isEqualTo(Decision.NOTHING);

        assertThat(decided(manifest, live(content(6))).action()).isPresent();
    }

    @Test
    void changedManifestIsComparedAgain() {
        LiveObject live = live(content(5));
        assertThat(decided(manifest, live)).isEqualTo(Decision.NOTHING);

        assertThat(decided(manifest(6), live).action()).isPresent();
    }

    /** Replicas that were the autoscaler's are compared once nothing scales the workload any more. */
    @Test
    void moreFieldsAreComparedAgain() {
        Manifest written = new Manifest(KEY, content(5), manifest.origin());
        LiveObject live = live(content(5));
        agreements.add(written, live, Scope.BUT_REPLICAS);

        assertThat(agreements.isKnown(written, live, Scope.BUT_REPLICAS)).isTrue();
        assertThat(agreements.isKnown(written, live, Scope.ALL)).isFalse();
    }

    @Test
    void differenceIsNotRemembered() {
        LiveObject live = live(content(6));

        assertThat(decided(manifest, live).action()).isPresent();
        assertThat(decided(manifest, live).action()).isPresent();
    }

    @Test
    void objectThatIsGoneIsForgotten() {
        LiveObject live = live(content(5));
        agreements.add(manifest, live, Scope.ALL);

        agreements.retain(Set.of(KEY, OTHER));
        assertThat(agreements.isKnown(manifest, live, Scope.ALL)).isTrue();
        agreements.retain(Set.of());
        assertThat(agreements.isKnown(manifest, live, Scope.ALL)).isFalse();
    }

    private Decision decided(Manifest written, LiveObject live) {
        return new ManifestDecision(
                        Given.CHECKOUT, written, Given.COMMIT, Optional.empty(), true, Optional.empty(), agreements)
                .other(Optional.of(live));
    }

    private static Manifest manifest(int history) {
        return new Manifest(KEY, content(history), new Origin("shop", "checkout.yaml", 1));
    }

    private static LiveObject live(Map<String, Object> content) {
        return new LiveObject(KEY, new Action.Version("uid-1", "100"), content);
    }

    private static Map<String, Object> content(int history) {
        return Map.of(
                "apiVersion", KEY.apiVersion(),
                "kind", KEY.kind(),
                "metadata", Map.of("namespace", "shop", "name", "checkout"),
                "spec", Map.of("revisionHistoryLimit", history));
    }

    /** Counts how often it is read. */
    private static final class Counted extends AbstractMap<String, Object> {

        private final Map<String, Object> content;
        private int reads;

        Counted(Map<String, Object> content) {
            this.content = content;
        }

        @Override
        public Object get(Object key) {
            reads++;
            return content.get(key);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            reads++;
            return content.entrySet();
        }
    }
}
