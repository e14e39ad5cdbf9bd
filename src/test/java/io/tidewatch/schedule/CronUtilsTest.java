package io.tidewatch.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.parser.CronParser;
import io.tidewatch.definition.cron.CronText;
import io.tidewatch.model.definition.CronExpression;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Our reader of crons against cron-utils, an independent parser of the same five fields. What cron-utils alone refuses
 * ({@code sun-thu} and a step of 7 weekdays) is not written here; {@link CronTest} has it.
 */
class CronUtilsTest {

    private static final long SEED = 20261129L;
    private static final int ROUNDS = Integer.getInteger("tidewatch.crons", 60) * 500;
    private static final CronParser UNIX = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final List<Field> FIELDS = List.of(
            new Field(CronFieldName.MINUTE, 0, 59, 59, List.of()),
            new Field(CronFieldName.HOUR, 0, 23, 23, List.of()),
            new Field(CronFieldName.DAY_OF_MONTH, 1, 31, 31, List.of()),
            new Field(CronFieldName.MONTH, 1, 12, 12, List.of("jan", "FEB", "Mar", "dec")),
            new Field(CronFieldName.DAY_OF_WEEK, 0, 7, 6, List.of("sun", "MON", "Fri", "sat")));

    @Test
    void everyCronThatIsAcceptedMeansTheSameToCronUtils() {
        SplittableRandom random = new SplittableRandom(SEED);
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = FIELDS.stream()
                    .map(field -> random.nextInt(3) == 0 ? "*" : field.write(random))
                    .reduce((a, b) -> a + " " + b)
                    .orElseThrow();
            Optional<CronExpression> ours = CronText.parse(text).value();
            if (ours.isPresent()) {
                accepted++;
                assertThat(ours.get()).as("seed %d: %s", SEED, text).isEqualTo(theirs(text));
            }
        }
        assertThat(accepted).isGreaterThan(ROUNDS / 4);
    }

    private static CronExpression theirs(String text) {
        Cron parsed = UNIX.parse(text).validate();
        List<Long> bits = FIELDS.stream()
                .map(field -> field.bits(parsed.retrieve(field.name()).getExpression()))
                .toList();
        boolean either = List.of(CronFieldName.DAY_OF_MONTH, CronFieldName.DAY_OF_WEEK).stream()
                .noneMatch(day -> hasStar(parsed.retrieve(day).getExpression()));
        return new CronExpression(text, bits.get(0), bits.get(1), bits.get(2), bits.get(3), bits.get(4), either);
    }

    private static boolean hasStar(FieldExpression expression) {
        if (expression instanceof And list) {
            return list.getExpressions().stream().anyMatch(CronUtilsTest::hasStar);
        }
        if (expression instanceof Every every) {
            return every.getPeriod().getValue() == 1 && hasStar(every.getExpression());
        }
        return expression instanceof Always;
    }

    /** A field of a cron: how a test writes it, and what cron-utils read in it. */
    private record Field(CronFieldName name, int least, int most, int last, List<String> names) {

        String write(SplittableRandom random) {
            StringBuilder field = new StringBuilder(item(random));
            while (random.nextInt(4) == 0) {
                field.append(',').append(item(random));
            }
            return field.toString();
        }

        private String item(SplittableRandom random) {
            String range = switch (random.nextInt(4)) {
                case 0 -> "*";
                case 1 -> from(random) + "-" + value(random);
                default -> value(random);
            };
            return random.nextInt(3) == 0 ? range + "/" + random.nextInt(1, last + 1) : range;
        }

        /** cron-utils takes a range from sun, which is its 7, for one that ends before it begins. */
        private String from(SplittableRandom random) {
            String value = value(random);
            return value.equals("sun") ? "0" : value;
        }

        private String value(SplittableRandom random) {
            return !names.isEmpty() && random.nextInt(4) == 0
                    ? names.get(random.nextInt(names.size()))
                    : (random.nextInt(8) == 0 ? "0" : "") + random.nextInt(least, most + 1);
        }

        /** As in a CronJob, {@code 5/10} is {@code 5-59/10}. */
        long bits(FieldExpression expression) {
            if (expression instanceof And list) {
                return list.getExpressions().stream().mapToLong(this::bits).reduce(0, (a, b) -> a | b);
            }
            if (expression instanceof Every every) {
                int step = every.getPeriod().getValue();
                return every.getExpression() instanceof On on
                        ? range(on.getTime().getValue(), last, step)
                        : steps(every.getExpression(), step);
            }
            return steps(expression, 1);
        }

        private long steps(FieldExpression expression, int step) {
            if (expression instanceof Between between) {
                return range(
                        (Integer) between.getFrom().getValue(),
                        (Integer) between.getTo().getValue(),
                        step);
            }
            if (expression instanceof On on) {
                return range(on.getTime().getValue(), on.getTime().getValue(), step);
            }
            return range(least, last, step);
        }

        private long range(int from, int to, int step) {
            long bits = 0;
            for (int value = from; value <= to; value += step) {
                bits |= 1L << (name == CronFieldName.DAY_OF_WEEK ? value % 7 : value);
            }
            return bits;
        }
    }
}
