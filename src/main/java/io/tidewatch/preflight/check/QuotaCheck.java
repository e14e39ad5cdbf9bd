package io.tidewatch.preflight.check;

import io.tidewatch.model.diagnosis.Evidence;
import io.tidewatch.model.preflight.Finding;
import io.tidewatch.model.preflight.Risk;
import io.tidewatch.preflight.quota.QuotaAnswer;
import io.tidewatch.preflight.quota.QuotaRoom;
import io.tidewatch.preflight.quota.QuotaState;
import io.tidewatch.preflight.quota.QuotaText;
import java.util.List;
import java.util.Optional;

/** The ResourceQuotas of the namespace leave no room for the new pods, alone or together with other raises that come no later. */
final class QuotaCheck implements Check {

    @Override
    public Optional<Finding> find(Situation situation) {
        QuotaState quota = situation.quota();
        return quota.lack()
                .map(lack -> finding(lack, "new pods"))
                .or(() -> quota.shared()
                        .map(lack -> finding(lack, "new pods of all raises of the namespace until then")));
    }

    private static Finding finding(QuotaAnswer lack, String whose) {
        return new Finding(
                Risk.QUOTA_EXCEEDED,
                QuotaText.sentence(lack, whose),
                QuotaText.advice(lack),
                List.of(new Evidence("ResourceQuota " + lack.quota(), QuotaText.field(lack), QuotaText.value(lack))));
    }

    /** What of the quotas cannot be checked, as sentences. */
    static List<String> unchecked(Situation situation) {
        return situation
                .quota()
                .rejected()
                .map(why -> List.of("ResourceQuotas: " + why))
                .orElseGet(() -> QuotaRoom.incomputable(situation.quota().own())
                        .map(one -> "ResourceQuota " + one.quota() + ": " + one.why())
                        .toList());
    }
}
