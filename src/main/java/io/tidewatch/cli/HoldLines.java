package io.tidewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first lines of {@code status}: how many targets people hold, until when and why. */
final class HoldLines {

    private static final int SHOWN = 3;

    private HoldLines() {}

    /** Empty where no target is held. */
    static String of(List<JsonNode> targets) {
        Map<String, Integer> holds = new LinkedHashMap<>();
        targets.stream()
                .filter(target -> target.hasNonNull("held"))
                .forEach(target -> holds.merge(target.path("held").asText(), 1, Integer::sum));
        StringBuilder lines = new StringBuilder();
        holds.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(hold -> lines.append(hold.getValue())
                        .append(" of ")
                        .append(targets.size())
                        .append(targets.size() == 1 ? " target " : " targets ")
                        .append(hold.getKey())
                        .append('\n'));
        if (holds.size() > SHOWN) {
            lines.append("and ").append(holds.size() - SHOWN).append(" other holds\n");
        }
        return lines.toString();
    }
}
