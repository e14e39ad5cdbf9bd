package io.tidewatch.app.stage;

import io.tidewatch.model.Outcome;
import io.tidewatch.model.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Gathers what came of each target's actions on the pass that they belong to. */
public final class Outcomes implements AggregationStrategy {

    @Override
    public Exchange aggregate(@Nullable Exchange gathered, Exchange one) {
        throw new UnsupportedOperationException("a split tells which pass an action belongs to");
    }

    @Override
    public Exchange aggregate(@Nullable Exchange gathered, Exchange one, Exchange original) {
        Exchange onto = gathered == null ? original : gathered;
        Pass pass = Objects.requireNonNull(onto.getMessage().getBody(Pass.class), "the split was not of a pass");
        List<Outcome> outcomes = new ArrayList<>(pass.outcomes());
        outcomes.addAll(OfOneTarget.in(one));
        onto.getMessage().setBody(pass.with(outcomes));
        return onto;
    }

    /** Gathers what came of one target's actions, in their order; one that failed unforeseen is said elsewhere. */
    public static final class OfOneTarget implements AggregationStrategy {

        @Override
        public Exchange aggregate(@Nullable Exchange gathered, Exchange one) {
            List<Outcome> outcomes = new ArrayList<>(gathered == null ? List.of() : in(gathered));
            if (one.getMessage().getBody() instanceof Outcome outcome) {
                outcomes.add(outcome);
            }
            Exchange onto = gathered == null ? one : gathered;
            onto.getMessage().setBody(List.copyOf(outcomes));
            return onto;
        }

        static List<Outcome> in(Exchange lane) {
            return lane.getMessage().getBody() instanceof List<?> items
                    ? items.stream()
                            .filter(Outcome.class::isInstance)
                            .map(Outcome.class::cast)
                            .toList()
                    : List.of();
        }
    }
}
