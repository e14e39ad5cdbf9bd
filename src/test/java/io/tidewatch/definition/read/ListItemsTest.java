package io.tidewatch.definition.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.model.Limits;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Problem;
import io.tidewatch.yaml.FileProblems;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A List is read item by item, and no file has more documents by being a List. */
class ListItemsTest {

    private static final String ITEM =
            "  - {apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: r%d}, spec: {}}\n";

    @Test
    void anItemIsFoundAgainByItsNumberBesideOtherDocuments() {
        ReadFile read = read("just: a note\n---\n" + list(2) + "---\n"
                + "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: last}, spec: {}}\n");

        assertThat(read.documents())
                .extracting(ReadDocument::key)
                .extracting(ObjectKey::name)
                .containsExactly("r0", "r1", "last");
        read.documents()
                .forEach(document -> assertThat(
                                document.root().get().at("metadata.name").text())
                        .contains(document.key().name()));
    }

    @Test
    void aListInAListIsReadToo() {
        String inner = list(1).replace("\n", "\n    ").stripTrailing();
        assertThat(read("apiVersion: v1\nkind: List\nitems:\n  - " + inner + "\n")
                        .documents())
                .extracting(document -> document.key().name())
                .containsExactly("r0");
    }

    @Test
    void aListHasNoMoreItemsThanAFileHasDocuments() {
        assertThat(read(list(Limits.DOCUMENTS_IN_FILE)).documents()).hasSize(Limits.DOCUMENTS_IN_FILE);

        ReadFile tooLong = read(list(Limits.DOCUMENTS_IN_FILE) + "---\n" + list(1));

        assertThat(tooLong.documents()).isEmpty();
        assertThat(FileProblems.toReport(List.of(tooLong.found())))
                .extracting(Problem::code, Problem::line)
                .contains(org.assertj.core.groups.Tuple.tuple("too-many", Limits.DOCUMENTS_IN_FILE + 5));
    }

    private static String list(int items) {
        StringBuilder text = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        for (int i = 0; i < items; i++) {
            text.append(String.format(ITEM, i));
        }
        return text.toString();
    }

    private static ReadFile read(String text) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("a.yaml", text);
        return ReadFile.of("shop", "a.yaml", "3f2c1ab", text, new OtherFiles(files, false), Schemas.NEWEST, Set.of());
    }
}
