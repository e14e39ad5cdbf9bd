package io.tidewatch.loop.source;

import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.definition.check.Scope;
import io.tidewatch.definition.schema.Schemas;
import io.tidewatch.loop.OrphanHistory;
import io.tidewatch.model.Bounds;
import io.tidewatch.model.Target;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.PastBaseline;
import io.tidewatch.model.definition.PastBaseline.Answer;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.schedule.DesiredStates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up in the mirrors which baselines a source defined at a commit, in the namespaces that it may speak for. The last commit is
 * remembered: the objects of a schedule that was removed name the same commit.
 */
public final class MirroredBaselines implements OrphanHistory.Mirrors {

    private final PastCommits commits;
    private final Map<String, Scope> scopes;
    private final Schemas schemas;
    private Optional<Known> known = Optional.empty();

    /** @param whole whether the commit had no errors: then every baseline of the commit is known */
    private record Known(String source, String commit, Map<Target, Bounds> baselines, boolean whole) {}

    /** Earlier commits of the sources. */
    @FunctionalInterface
    public interface PastCommits {

        /** What the source held at the commit; empty where the commit is not in the source's history. */
        Optional<Checkout> at(String source, String commit);
    }

    /**
     * @param scopes by source; a source without a scope is not known
     * @param schemas which fields the API server takes in manifests
     */
    public MirroredBaselines(PastCommits commits, Map<String, Scope> scopes, Schemas schemas) {
        this.commits = commits;
        this.schemas = schemas;
        this.scopes = Map.copyOf(scopes);
    }

    @Override
    public synchronized Answer lookUp(PastBaseline claim) {
        Optional<Known> found = known.filter(kept ->
                        kept.source().equals(claim.source()) && kept.commit().equals(claim.commit()))
                .or(() -> read(claim.source(), claim.commit()));
        known = found;
        if (found.isEmpty()) {
            return Answer.CANNOT_TELL;
        }
        Bounds held = found.get().baselines().get(claim.target());
        if (claim.baseline().equals(held)) {
            return Answer.HELD;
        }
        return held != null || found.get().whole() ? Answer.NOT_HELD : Answer.CANNOT_TELL;
    }

    private Optional<Known> read(String source, String commit) {
        Scope scope = scopes.get(source);
        if (scope == null) {
            return Optional.empty();
        }
        return commits.at(source, commit).map(checkout -> {
            SourceDefinitions read = new DefinitionReader(scope.withoutReceivers(), schemas)
                    .read(checkout, Optional.empty(), PastTexts.NONE);
            Map<Target, Bounds> baselines = new HashMap<>();
            DesiredStates.at(new Definitions(List.of(read)), checkout.commit().time())
                    .desired()
                    .forEach((target, desired) -> baselines.put(target, desired.baseline()));
            return new Known(source, commit, baselines, !read.hasErrors());
        });
    }
}
