package io.tidewatch.view.detail;

import java.util.Collection;
import java.util.Locale;

/**
 * How many of the steps that promised something kept it. A step that another one superseded in its time counts in neither number.
 */
public record Punctuality(long onTime, long judged) {

    /** Nothing was promised. */
    public static final Punctuality NONE = new Punctuality(0, 0);

    private static final String ON_TIME = "on time";

    public static Punctuality of(Collection<TargetView.NightRow> rows) {
        return new Punctuality(
                rows.stream().filter(row -> row.result().equals(ON_TIME)).count(),
                rows.stream().filter(Punctuality::isJudged).count());
    }

    private static boolean isJudged(TargetView.NightRow row) {
        return !row.result().isEmpty() && !row.result().equals("superseded");
    }

    /** Whether a step broke its promise. */
    public static boolean isMissed(TargetView.NightRow row) {
        return isJudged(row) && !row.result().equals(ON_TIME);
    }

    public Punctuality plus(Punctuality other) {
        return new Punctuality(onTime + other.onTime, judged + other.judged);
    }

    /** {@code 3 of 4}. */
    public String ofAll() {
        return onTime + " of " + judged;
    }

    /** {@code 98.3 %}, rounded down, so that one late step of many still shows. */
    public String percent() {
        return String.format(
                Locale.ENGLISH, "%.1f %%", judged == 0 ? 100.0 : Math.floor(onTime * 1000.0 / judged) / 10);
    }
}
