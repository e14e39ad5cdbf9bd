package io.tidewatch.playground.api;

import static io.tidewatch.playground.api.RandomObjects.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Single facts of ownership, each with the object written out. */
class OwnershipTest {

    private static final String THEN = "2026-11-22T13:29:00Z";
    private static final String NOW = "2026-11-22T13:30:00Z";
    private static final FieldOwner TIDEWATCH = FieldOwner.applier("tidewatch", "keda.sh/v1alpha1", Optional.empty());
    private static final FieldOwner HELM = FieldOwner.updater("helm", "keda.sh/v1alpha1", Optional.empty());
    private static final Ownership OWNERSHIP = new Ownership(
            FieldShape.of(List.of("spec.containers[name]", "spec.ports[port,protocol=TCP]", "spec.finalizers[=]")),
            FieldSet.of(FieldPath.ofFields("metadata", "name")));

    private static ManagedFields created(ObjectNode object) {
        return OWNERSHIP.afterUpdate(object("{}"), object, ManagedFields.NONE, HELM, THEN);
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    @Test
    void creatorOwnsWhatItWroteAndTheMapsItBegan() {
        ManagedFields owners =
                created(object("{'metadata':{'name':'web'},'spec':{'min':5,'advanced':{'restore':true}}}"));

        assertThat(owners.write().path(0).path("fieldsV1").path("f:spec"))
                .isEqualTo(json("{'.':{},'f:min':{},'f:advanced':{'.':{},'f:restore':{}}}"));
        assertThat(owners.write().path(0).path("fieldsV1").path("f:metadata").has("f:name"))
                .isFalse();
    }

    @Test
    void conflictNamesTheOwnerAndTheField() {
        ObjectNode live = object("{'spec':{'min':5}}");

        Ownership.Applied applied = OWNERSHIP.apply(live, object("{'spec':{'min':7}}"), created(live), TIDEWATCH, NOW);

        assertThat(applied.conflicts())
                .containsExactly(new Ownership.Conflict(HELM, FieldPath.ofFields("spec", "min")));
        assertThat(ApplyConflicts.failure(applied.conflicts()).getMessage())
                .isEqualTo("Apply failed with 1 conflict: conflict with \"helm\" using keda.sh/v1alpha1: .spec.min");
    }

    @Test
    void sameValueIsSharedWithoutConflict() {
        ObjectNode live = object("{'spec':{'min':5}}");

        Ownership.Applied applied = OWNERSHIP.apply(live, object("{'spec':{'min':5}}"), created(live), TIDEWATCH, NOW);

        assertThat(applied.conflicts()).isEmpty();
        assertThat(applied.owners().claims()).containsOnlyKeys(HELM, TIDEWATCH);
    }

    @Test
    void droppedFieldOfASharedOwnerStays() {
        ObjectNode live = object("{'spec':{'min':5,'max':9}}");
        Ownership.Applied both = OWNERSHIP.apply(live, live, created(live), TIDEWATCH, NOW);

        Ownership.Applied dropped = OWNERSHIP.apply(live, object("{'spec':{'max':9}}"), both.owners(), TIDEWATCH, NOW);

        assertThat(dropped.object()).isEqualTo(live);
        assertThat(dropped.owners().fieldsOf(TIDEWATCH)).isEqualTo(FieldSet.of(FieldPath.ofFields("spec", "max")));
    }

    @Test
    void droppedFieldOfASoleOwnerGoesWithTheMapItLeavesEmpty() {
        ObjectNode live = object("{'spec':{'min':5}}");
        Ownership.Applied applied =
                OWNERSHIP.apply(live, object("{'spec':{'advanced':{'restore':true}}}"), created(live), TIDEWATCH, NOW);

        Ownership.Applied dropped =
                OWNERSHIP.apply(applied.object(), object("{'spec':{}}"), applied.owners(), TIDEWATCH, NOW);

        assertThat(dropped.object()).isEqualTo(live);
    }

    @Test
    void atomicListIsOneField() {
        ObjectNode live = object("{'spec':{'triggers':[{'type':'cron'},{'type':'cpu'}]}}");

        Ownership.Applied applied =
                OWNERSHIP.apply(live, object("{'spec':{'triggers':[{'type':'cpu'}]}}"), created(live), TIDEWATCH, NOW);

        assertThat(applied.object()).isEqualTo(object("{'spec':{'triggers':[{'type':'cpu'}]}}"));
        assertThat(applied.conflicts())
                .extracting(Ownership.Conflict::field)
                .asString()
                .contains(".spec.triggers");
    }

    @Test
    void keyedListIsMergedItemByItem() {
        ObjectNode live =
                object("{'spec':{'containers':[{'name':'app','image':'a:1'},{'name':'proxy','image':'p:1'}]}}");

        Ownership.Applied applied = OWNERSHIP.apply(
                live, object("{'spec':{'containers':[{'name':'app','image':'a:2'}]}}"), created(live), TIDEWATCH, NOW);

        assertThat(applied.object())
                .isEqualTo(object(
                        "{'spec':{'containers':[{'name':'app','image':'a:2'},{'name':'proxy','image':'p:1'}]}}"));
        assertThat(applied.conflicts())
                .extracting(conflict -> conflict.field().toString())
                .containsExactly(".spec.containers[name=\"app\"].image");
    }

    @Test
    void itemThatItsOwnerDropsTakesAlongWhatAnotherSetInIt() {
        ObjectNode live = object("{'spec':{'min':5}}");
        Ownership.Applied mine = OWNERSHIP.apply(
                live, object("{'spec':{'containers':[{'name':'app'}]}}"), created(live), TIDEWATCH, THEN);
        ObjectNode set = object("{'spec':{'min':5,'containers':[{'name':'app','image':'a:1'}]}}");
        ManagedFields owners = OWNERSHIP.afterUpdate(mine.object(), set, mine.owners(), HELM, THEN);

        Ownership.Applied dropped = OWNERSHIP.apply(set, object("{'spec':{}}"), owners, TIDEWATCH, NOW);

        assertThat(dropped.object().path("spec").path("containers")).isEmpty();
    }

    @Test
    void missingKeyOfAnItemHasItsDefault() {
        ObjectNode live = object("{'spec':{'ports':[{'port':80,'protocol':'TCP','name':'a'}]}}");

        Ownership.Applied applied = OWNERSHIP.apply(
                live, object("{'spec':{'ports':[{'port':80,'name':'b'}]}}"), created(live), TIDEWATCH, NOW);

        assertThat(applied.object().path("spec").path("ports")).hasSize(1);
    }

    @Test
    void forcedTakeoverLeavesTheOtherWithTheRest() {
        ObjectNode live = object("{'spec':{'min':5,'max':9}}");

        ManagedFields owners = OWNERSHIP
                .apply(live, object("{'spec':{'min':7}}"), created(live), TIDEWATCH, NOW)
                .owners();

        assertThat(owners.fieldsOf(HELM).contains(FieldPath.ofFields("spec", "min")))
                .isFalse();
        assertThat(owners.fieldsOf(HELM).contains(FieldPath.ofFields("spec", "max")))
                .isTrue();
        assertThat(owners.claims().get(HELM).time()).isEqualTo(THEN);
    }

    @Test
    void updaterTakesOverSilently() {
        ObjectNode live = object("{'spec':{'min':5}}");
        ManagedFields owners = OWNERSHIP.afterUpdate(object("{}"), live, ManagedFields.NONE, TIDEWATCH, THEN);

        ManagedFields after = OWNERSHIP.afterUpdate(live, object("{'spec':{'min':9}}"), owners, HELM, NOW);

        assertThat(after.fieldsOf(HELM)).isEqualTo(FieldSet.of(FieldPath.ofFields("spec", "min")));
        assertThat(after.fieldsOf(TIDEWATCH).contains(FieldPath.ofFields("spec", "min")))
                .isFalse();
    }
}
