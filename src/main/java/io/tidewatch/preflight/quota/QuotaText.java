package io.tidewatch.preflight.quota;

import io.tidewatch.preflight.quota.QuotaAnswer.TooLittle;
import io.tidewatch.preflight.quota.QuotaAnswer.Unnamed;

/** The sentences about quotas that leave no room. */
public final class QuotaText {

    private QuotaText() {}

    /** @param whose the pods, as {@code new pods} */
    public static String sentence(QuotaAnswer lack, String whose) {
        if (lack instanceof TooLittle tight) {
            return "ResourceQuota " + tight.quota() + " leaves room for " + tight.pods() + " of " + tight.wanted() + " "
                    + whose + ": " + tight.resource() + " is " + numbers(tight);
        }
        Unnamed unnamed = (Unnamed) lack;
        return "ResourceQuota " + unnamed.quota() + " rejects " + whose + ": container " + unnamed.container()
                + " names no " + named(unnamed) + ", and no LimitRange gives a default";
    }

    public static String advice(QuotaAnswer lack) {
        if (lack instanceof TooLittle tight) {
            return "raise " + tight.resource() + " of ResourceQuota " + tight.quota() + " to "
                    + Amounts.text(tight.resource(), tight.used().add(tight.needed())) + " or more";
        }
        Unnamed unnamed = (Unnamed) lack;
        return "set " + named(unnamed) + " in container " + unnamed.container() + ", or add a LimitRange";
    }

    public static String field(QuotaAnswer lack) {
        return "status.used[" + (lack instanceof TooLittle tight ? tight.resource() : ((Unnamed) lack).resource())
                + "]";
    }

    public static String value(QuotaAnswer lack) {
        return lack instanceof TooLittle tight
                ? Amounts.text(tight.resource(), tight.used()) + " of " + Amounts.text(tight.resource(), tight.hard())
                : "not named by container " + ((Unnamed) lack).container();
    }

    private static String numbers(TooLittle tight) {
        return Amounts.text(tight.resource(), tight.used()) + " of " + Amounts.text(tight.resource(), tight.hard())
                + " used, and they need " + Amounts.text(tight.resource(), tight.needed());
    }

    private static String named(Unnamed unnamed) {
        String resource = unnamed.resource();
        return resource.contains(".") ? resource : "requests." + resource;
    }
}
