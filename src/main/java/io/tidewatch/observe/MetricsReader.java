package io.tidewatch.observe;

import static io.tidewatch.observe.Fields.list;
import static io.tidewatch.observe.Fields.map;
import static io.tidewatch.observe.Fields.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Reads the metrics of an HPA: the current values in its status, in the order of the targets in its spec. */
final class MetricsReader {

    private MetricsReader() {}

    /**
     * The highest quotient of a current value and its target, which decides how many replicas an HPA asks for.
     *
     * @return absent where there is no metric, or one of them has no current value
     */
    static OptionalDouble usage(Map<String, Object> spec, Map<String, Object> status) {
        List<Object> targets = list(spec, "metrics");
        List<Object> currents = list(status, "currentMetrics");
        if (targets.isEmpty() || targets.size() != currents.size()) {
            return OptionalDouble.empty();
        }
        OptionalDouble highest = OptionalDouble.of(0);
        for (int i = 0; i < targets.size(); i++) {
            OptionalDouble one = usageOf(map(targets.get(i)), map(currents.get(i)));
            if (one.isEmpty()) {
                return one;
            }
            highest = OptionalDouble.of(Math.max(highest.getAsDouble(), one.getAsDouble()));
        }
        return highest;
    }

    private static OptionalDouble usageOf(Map<String, Object> target, Map<String, Object> current) {
        String type = text(target, "type");
        if (type.isEmpty() || !type.equals(text(current, "type"))) {
            return OptionalDouble.empty();
        }
        String source = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        Map<String, Object> asked = map(target, source, "target");
        Map<String, Object> measured = map(current, source, "current");
        return Stream.of("averageUtilization", "averageValue", "value")
                .filter(asked::containsKey)
                .flatMapToDouble(field -> quotient(asked, measured, field))
                .findFirst();
    }

    private static DoubleStream quotient(Map<String, Object> asked, Map<String, Object> measured, String field) {
        OptionalDouble target = Quantities.read(asked, field);
        OptionalDouble value = Quantities.read(measured, field);
        return target.isPresent() && target.getAsDouble() > 0 && value.isPresent()
                ? DoubleStream.of(value.getAsDouble() / target.getAsDouble())
                : DoubleStream.empty();
    }
}
