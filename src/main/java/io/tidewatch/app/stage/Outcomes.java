package io.tidewatch.app.stage;

import io.tidewatch.model.Outcome;
import io.tidewatch.model.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Gathers the outcomes of a plan's actions on the pass that they belong to. */
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
        outcomes.add(one.getMessage().getBody(Outcome.class));
        onto.getMessage().setBody(pass.with(outcomes));
        return onto;
    }
}
