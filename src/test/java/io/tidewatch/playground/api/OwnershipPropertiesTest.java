package io.tidewatch.playground.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Laws of apply that hold for whatever three writers did before, over random histories from a fixed seed. */
class OwnershipPropertiesTest {

    private static final long SEED = 20261122;
    private static final int HISTORIES = 600;
    private static final String NOW = "2026-11-22T13:30:00Z";
    private static final Ownership OWNERSHIP = new Ownership(RandomObjects.SHAPE, FieldSet.EMPTY);
    private static final FieldOwner ME = applier("me");

    private record State(ObjectNode object, ManagedFields owners) {}

    private static FieldOwner applier(String name) {
        return FieldOwner.applier(name, "v1", Optional.empty());
    }

    private static State applied(State state, ObjectNode config, FieldOwner by) {
        Ownership.Applied applied = OWNERSHIP.apply(state.object(), config, state.owners(), by, NOW);
        return new State(applied.object(), applied.owners());
    }

    private static State updated(State state, ObjectNode object, FieldOwner by) {
        return new State(object, OWNERSHIP.afterUpdate(state.object(), object, state.owners(), by, NOW));
    }

    private static State after(RandomObjects random) {
        State state = new State(JsonNodeFactory.instance.objectNode(), ManagedFields.NONE);
        state = updated(state, random.next(), FieldOwner.updater("creator", "v1", Optional.empty()));
        for (int step = random.upTo(4); step > 0; step--) {
            String who = random.oneOf("me", "you", "controller");
            state = who.equals("controller")
                    ? updated(state, random.next(), FieldOwner.updater(who, "v1", Optional.empty()))
                    : applied(state, random.next(), applier(who));
        }
        return state;
    }

    private interface Law {
        void holds(State state, ObjectNode config);
    }

    private static void forEveryHistory(Law law) {
        for (int i = 0; i < HISTORIES; i++) {
            long seed = SEED + i;
            RandomObjects random = new RandomObjects(seed);
            State state = after(random);
            ObjectNode config = random.next();
            try {
                law.holds(state, config);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + "\nlive " + state + "\nconfig " + config, e);
            }
        }
    }

    @Test
    void applyingTwiceIsApplyingOnce() {
        forEveryHistory((state, config) -> {
            State once = applied(state, config, ME);
            Ownership.Applied twice = OWNERSHIP.apply(once.object(), config, once.owners(), ME, NOW);

            assertThat(twice.object()).isEqualTo(once.object());
            assertThat(twice.owners()).isEqualTo(once.owners());
            assertThat(twice.conflicts()).isEmpty();
        });
    }

    @Test
    void whatIsAppliedIsThereAndMine() {
        forEveryHistory((state, config) -> {
            State after = applied(state, config, ME);
            FieldSet desired = FieldWalk.fieldsOf(config, RandomObjects.SHAPE);

            assertThat(after.owners().fieldsOf(ME)).isEqualTo(desired);
            assertThat(FieldWalk.between(
                                    after.object(),
                                    FieldMerge.merge(after.object(), config, RandomObjects.SHAPE),
                                    RandomObjects.SHAPE)
                            .written())
                    .isEqualTo(FieldSet.EMPTY);
        });
    }

    @Test
    void whatOthersOwnAndIDoNotApplyStaysAsItWas() {
        forEveryHistory((state, config) -> {
            FieldSet mine = FieldWalk.fieldsOf(config, RandomObjects.SHAPE);
            State after = applied(state, config, ME);
            FieldWalk.Difference change = FieldWalk.between(state.object(), after.object(), RandomObjects.SHAPE);
            state.owners().claims().forEach((owner, claim) -> {
                if (!owner.equals(ME)) {
                    FieldSet theirs = outsideListItems(claim.fields()).minus(mine);
                    assertThat(theirs.intersection(change.written())).isEqualTo(FieldSet.EMPTY);
                    assertThat(theirs.intersection(change.removed())).isEqualTo(FieldSet.EMPTY);
                    assertThat(after.owners().fieldsOf(owner).intersection(theirs))
                            .isEqualTo(theirs);
                }
            });
        });
    }

    /** A list item that goes takes along what others set in it: see OwnershipTest. */
    private static FieldSet outsideListItems(FieldSet fields) {
        List<FieldPath> outside = new ArrayList<>();
        for (FieldPath field : fields) {
            if (field.elements().stream().noneMatch(element -> element.startsWith("k:"))) {
                outside.add(field);
            }
        }
        return FieldSet.of(outside);
    }

    @Test
    void conflictsAreTheFieldsOfOthersThatWouldChange() {
        forEveryHistory((state, config) -> {
            Ownership.Applied applied = OWNERSHIP.apply(state.object(), config, state.owners(), ME, NOW);
            FieldSet written = FieldWalk.between(state.object(), applied.object(), RandomObjects.SHAPE)
                    .written();
            List<Ownership.Conflict> expected = new ArrayList<>();
            state.owners().claims().forEach((owner, claim) -> {
                for (FieldPath field : claim.fields()) {
                    if (!owner.equals(ME) && written.contains(field)) {
                        expected.add(new Ownership.Conflict(owner, field));
                    }
                }
            });
            assertThat(applied.conflicts()).containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    @Test
    void aSoleOwnersWholeSetGoesWhenItAppliesNothing() {
        forEveryHistory((state, config) -> {
            ObjectNode nothing = JsonNodeFactory.instance.objectNode();
            State mineOnly = applied(new State(nothing, ManagedFields.NONE), config, ME);

            assertThat(applied(mineOnly, nothing, ME)).isEqualTo(new State(nothing, ManagedFields.NONE));
        });
    }

    @Test
    void nobodyOwnsWhatIsNotThere() {
        forEveryHistory((state, config) -> {
            State after = applied(state, config, ME);
            FieldSet there =
                    FieldWalk.fieldsOf(after.object(), RandomObjects.SHAPE).withNamedParents();
            after.owners()
                    .claims()
                    .values()
                    .forEach(claim -> assertThat(claim.fields().minus(there)).isEqualTo(FieldSet.EMPTY));
        });
    }

    @Test
    void nothingGivenIsChanged() {
        forEveryHistory((state, config) -> {
            JsonNode live = state.object().deepCopy();
            JsonNode desired = config.deepCopy();
            applied(state, config, ME);

            assertThat(state.object()).isEqualTo(live);
            assertThat(config).isEqualTo(desired);
        });
    }

    @Test
    void managedFieldsReadBackAsTheyWereWritten() {
        forEveryHistory((state, config) ->
                assertThat(ManagedFields.read(state.owners().write())).isEqualTo(state.owners()));
    }
}
