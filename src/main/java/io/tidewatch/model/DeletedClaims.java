package io.tidewatch.model;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The claims that a StatefulSet deletes together with the pods that scaling down takes away
 * ({@code persistentVolumeClaimRetentionPolicy.whenScaled: Delete}). The name of a claim is that of its template, of the StatefulSet
 * and of the pod's ordinal.
 *
 * @param firstOrdinal spec.ordinals.start: the ordinal of the pod that goes last
 * @param templates the names in spec.volumeClaimTemplates; none where nothing is deleted
 */
public record DeletedClaims(String statefulSet, int firstOrdinal, List<String> templates) {

    /** Further ones are counted, so that a sentence stays one. */
    private static final int MOST_TEMPLATES = 3;

    private static final int MOST_NAMES = 2;

    public DeletedClaims {
        templates = List.copyOf(templates);
    }

    /**
     * The names of the claims that go when so many pods become fewer, as {@code data-db-5 and data-db-6}; of several claims of one
     * template the first and the last.
     *
     * @param pods before
     * @param fewer pods afterwards, at least one less
     */
    public String names(int pods, int fewer) {
        String named = templates.stream()
                .limit(MOST_TEMPLATES)
                .map(template -> ofTemplate(template, pods, fewer))
                .collect(Collectors.joining(", "));
        int others = templates.size() - MOST_TEMPLATES;
        return others > 0 ? named + String.format(Locale.ROOT, " and those of %,d more templates", others) : named;
    }

    private String ofTemplate(String template, int pods, int fewer) {
        if (pods - fewer > MOST_NAMES) {
            return name(template, fewer) + " to " + name(template, pods - 1);
        }
        return IntStream.range(fewer, pods)
                .mapToObj(ordinal -> name(template, ordinal))
                .collect(Collectors.joining(" and "));
    }

    private String name(String template, long pod) {
        return template + "-" + statefulSet + "-" + (firstOrdinal + pod);
    }
}
