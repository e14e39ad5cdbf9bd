package io.tidewatch.preflight.node;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the scheduler says of a pod without a node: {@code 0/6 nodes are available: 4 Insufficient cpu, 2 Too many pods. preemption: …}.
 *
 * @param counts the first sentence: how many nodes, and what each of them lacks
 */
record SchedulerMessage(String counts) {

    private static final int LONGEST = 240;
    private static final Pattern NODES = Pattern.compile("0/\\d+ nodes are available: (.+)");
    private static final Pattern LACKING = Pattern.compile("\\d+ Insufficient (\\S+)");
    private static final Pattern FULL = Pattern.compile("\\d+ Too many pods");

    /** A message in other words is kept as it is. */
    static SchedulerMessage of(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        int end = line.indexOf(". ");
        String sentence = end > 0 ? line.substring(0, end) : line;
        String plain = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return new SchedulerMessage(plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…");
    }

    /**
     * The resources that nodes have too little of, by name, where nothing else keeps the pod from any node. Absent where something
     * else does, such as a taint or an affinity: that says nothing about another pod.
     */
    Optional<Set<String>> lackingAlone() {
        Matcher nodes = NODES.matcher(counts);
        if (!nodes.matches()) {
            return Optional.empty();
        }
        Set<String> lacking = new HashSet<>();
        List<String> reasons = Arrays.asList(nodes.group(1).split(", "));
        for (String reason : reasons) {
            Matcher resource = LACKING.matcher(reason);
            if (resource.matches()) {
                lacking.add(resource.group(1));
            } else if (!FULL.matcher(reason).matches()) {
                return Optional.empty();
            }
        }
        return Optional.of(Set.copyOf(lacking));
    }
}
