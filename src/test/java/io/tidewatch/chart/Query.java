package io.tidewatch.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a query of Prometheus refers to. Knows only the form in which the chart writes queries: each metric with a selector in braces.
 *
 * @param kept the labels in {@code by (…)}, of all of them
 */
record Query(List<Selector> selectors, Set<String> kept) {

    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern BY = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Pattern METRIC = Pattern.compile("\\btidewatch_\\w+");

    /** @param matchers label and value, as {@code outcome=done}; one for each value of an alternative */
    record Selector(String metric, Set<String> labels, Set<String> matchers) {}

    static Query of(String text) {
        List<Selector> selectors = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(text);
        while (selector.find()) {
            Set<String> labels = new TreeSet<>();
            Set<String> matchers = new TreeSet<>();
            Matcher matcher = MATCHER.matcher(selector.group(2));
            while (matcher.find()) {
                labels.add(matcher.group(1));
                for (String value : matcher.group(2).split("\\|")) {
                    matchers.add(matcher.group(1) + "=" + value);
                }
            }
            selectors.add(new Selector(selector.group(1), labels, matchers));
        }
        if (METRIC.matcher(text).results().count()
                != selectors.stream()
                        .filter(one -> one.metric().startsWith("tidewatch_"))
                        .count()) {
            throw new IllegalArgumentException("a metric without a selector: " + text);
        }
        Set<String> kept = new TreeSet<>();
        BY.matcher(text).results().forEach(by -> kept.addAll(List.of(by.group(1).split("\\s*,\\s*"))));
        return new Query(List.copyOf(selectors), kept);
    }
}
