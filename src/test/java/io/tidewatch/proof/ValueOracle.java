package io.tidewatch.proof;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table "Whose value stands" of the contract, once more: from the raw ScaledObject, cell by cell. Shares no code with
 * what it judges.
 *
 * @param live the object as served
 * @param onConflict as written in a schedule
 * @param period how our annotation names the time that counts now
 */
public record ValueOracle(
        Map<String, Object> live,
        String onConflict,
        boolean windowOpen,
        int wantedMin,
        int wantedMax,
        boolean setsMax,
        int baselineMin,
        int baselineMax,
        String period) {

    private static final Pattern BOUNDS = Pattern.compile("(\\d+)\\.\\.(\\d+)");

    public enum Answer {
        NO_REQUEST,
        WRITE,
        TAKE_OVER,
        CONFLICT,
        LEAVE
    }

    private record Pair(int min, int max) {}

    public Answer answer() {
        int min = (int) Raw.count(0, live, "spec", "minReplicaCount");
        int max = (int) Raw.count(100, live, "spec", "maxReplicaCount");
        boolean minRight = min == wantedMin;
        boolean maxRight = !setsMax || max == wantedMax;
        if (minRight && maxRight) {
            return Answer.NO_REQUEST;
        }
        Optional<Pair> ours = pair("tidewatch.io/applied");
        if (!minRight) {
            boolean first = ours.isEmpty();
            boolean asWeLeftIt = ours.isPresent() && ours.get().min() == min;
            if (min < wantedMin && !first && !asWeLeftIt) {
                return lowered();
            }
            if (min > wantedMin && !asWeLeftIt && !(first && min == baselineMin)) {
                return higher();
            }
        }
        boolean ceilingIsForeign = !maxRight && ours.isPresent() && ours.get().max() != max;
        return ceilingIsForeign ? lowered() : own();
    }

    /** Nobody changed anything since us: only a field that is another's stands in the way of a schedule that forces none. */
    private Answer own() {
        return onConflict.equals("Report") && isOthers() ? Answer.CONFLICT : Answer.WRITE;
    }

    private Answer lowered() {
        return switch (onConflict) {
            case "Force" -> Answer.WRITE;
            case "Report" -> Answer.CONFLICT;
            default -> spent() ? Answer.CONFLICT : Answer.TAKE_OVER;
        };
    }

    private Answer higher() {
        if (onConflict.equals("Force")) {
            return Answer.WRITE;
        }
        Optional<Pair> known = pair("tidewatch.io/baseline");
        boolean newerWord = !windowOpen && known.isPresent() && !known.get().equals(new Pair(baselineMin, baselineMax));
        return newerWord ? own() : Answer.LEAVE;
    }

    /** Whether somebody else owns what a write would set. */
    public boolean isOthers() {
        Object entries = Raw.at(live, "metadata", "managedFields");
        return entries instanceof List<?> list
                && list.stream()
                        .filter(entry -> !Raw.text(entry, "manager").equals("tidewatch"))
                        .anyMatch(entry -> Raw.at(entry, "fieldsV1", "f:spec", "f:minReplicaCount") != null
                                || (setsMax && Raw.at(entry, "fieldsV1", "f:spec", "f:maxReplicaCount") != null));
    }

    private boolean spent() {
        String count = annotation("tidewatch.io/takeovers");
        return annotation("tidewatch.io/window").equals(period) && !count.isEmpty() && !count.equals("0");
    }

    private Optional<Pair> pair(String annotation) {
        Matcher found = BOUNDS.matcher(annotation(annotation));
        return found.matches()
                ? Optional.of(new Pair(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
                : Optional.empty();
    }

    private String annotation(String key) {
        return Raw.text(live, "metadata", "annotations", key);
    }
}
