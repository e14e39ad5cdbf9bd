package io.tidewatch.plan;

import io.tidewatch.model.Moment;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Target;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The decisions of earlier plans to do nothing, with what they were made of, so that the same is not decided again.
 *
 * <p>A decision follows from its question and the time alone. The question is compared as a value; the moment of the decision noted
 * what it was asked. So no plan decides otherwise because of what is kept here. Not safe from several threads: there is one plan
 * at a time.
 */
public final class KnownDecisions {

    private final Agreements agreements = new Agreements();
    private final Map<Target, Nothing> ofTargets = new HashMap<>();
    private final Map<ObjectKey, Nothing> ofManifests = new HashMap<>();
    private final Map<String, Nothing> ofSources = new HashMap<>();
    private final Map<String, SourceIndex> indexes = new HashMap<>();

    /** @param question everything that the decision was made of, but the time */
    private record Nothing(Object question, Moment at) {}

    /** The comparisons of earlier plans that found no difference. */
    Agreements agreements() {
        return agreements;
    }

    /**
     * @param question everything that the decision is made of, but the time
     * @param now notes what decides until when the decision is the same
     */
    Decision ofTarget(Target target, Object question, Moment now, Function<Moment, Decision> decision) {
        return decide(ofTargets, target, question, now, decision);
    }

    /** The same for an object that a source declares. */
    Decision ofManifest(ObjectKey key, Object question, Moment now, Function<Moment, Decision> decision) {
        return decide(ofManifests, key, question, now, decision);
    }

    /**
     * The decisions on all objects that a source declares; none where each is to do nothing.
     *
     * @param question everything that decides all of them, but the time
     */
    List<Decision> ofSource(String source, Object question, Instant now, Function<Moment, List<Decision>> decisions) {
        Nothing last = ofSources.get(source);
        if (last != null && last.at().answersLike(now) && last.question().equals(question)) {
            return List.of();
        }
        Moment moment = new Moment(now);
        List<Decision> made = decisions.apply(moment).stream()
                .filter(decision -> !decision.equals(Decision.NOTHING))
                .toList();
        if (made.isEmpty()) {
            ofSources.put(source, new Nothing(question, moment));
        } else {
            ofSources.remove(source);
        }
        return made;
    }

    /** Forgets the decisions on a source: one of them failed, and is made again in the next pass. */
    void forget(String source) {
        ofSources.remove(source);
    }

    private static <K> Decision decide(
            Map<K, Nothing> known, K key, Object question, Moment now, Function<Moment, Decision> decision) {
        Nothing last = known.get(key);
        if (last != null && now.isLike(last.at()) && last.question().equals(question)) {
            now.note(last.at());
            return Decision.NOTHING;
        }
        Moment moment = now.again();
        Decision made = decision.apply(moment);
        now.note(moment);
        if (made.equals(Decision.NOTHING)) {
            known.put(key, new Nothing(question, moment));
        } else {
            known.remove(key);
        }
        return made;
    }

    /** The index of a source; the one before where it is of the same. */
    SourceIndex index(SourceIndex.Basis basis) {
        String source = basis.source().source();
        SourceIndex last = indexes.get(source);
        if (last != null && last.isOf(basis)) {
            return last;
        }
        SourceIndex made = SourceIndex.of(basis);
        indexes.put(source, made);
        return made;
    }

    /** Forgets what exists no longer. */
    void retain(Set<Target> targets, Set<ObjectKey> declared, Set<String> sources) {
        agreements.retain(declared);
        if (ofTargets.size() > targets.size()) {
            ofTargets.keySet().retainAll(targets);
        }
        if (ofManifests.size() > declared.size()) {
            ofManifests.keySet().retainAll(declared);
        }
        ofSources.keySet().retainAll(sources);
        indexes.keySet().retainAll(sources);
    }
}
