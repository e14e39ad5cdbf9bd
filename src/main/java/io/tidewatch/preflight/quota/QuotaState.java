package io.tidewatch.preflight.quota;

import java.util.List;
import java.util.Optional;

/**
 * What the quotas of a namespace mean for one raise.
 *
 * @param own for the pods of the raise alone; empty where it creates none, or the quotas are not known
 * @param shared the quota that leaves no room for all raises of the namespace until then together
 * @param rejected why the quotas cannot be listed
 */
public record QuotaState(List<QuotaAnswer> own, Optional<QuotaAnswer> shared, Optional<String> rejected) {

    public static final QuotaState NONE = new QuotaState(List.of(), Optional.empty(), Optional.empty());

    public QuotaState {
        own = List.copyOf(own);
    }

    /** The quota that leaves no room for the pods of the raise alone. */
    public Optional<QuotaAnswer> lack() {
        return QuotaRoom.lacks(own).stream().findFirst();
    }
}
