package io.tidewatch.schedule;

import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.value.FieldValue;

/** A field of a cron, and how what cron-utils read in it becomes a set of bits. */
enum CronField {
    MINUTE(0, 59),
    HOUR(0, 23),
    DAY_OF_MONTH(1, 31),
    MONTH(1, 12),
    /** Sunday is 0, and 7 as well; the bits have it at 0. */
    DAY_OF_WEEK(0, 6);

    private final int first;
    private final int last;

    CronField(int first, int last) {
        this.first = first;
        this.last = last;
    }

    /** As a CronJob does it, {@code 5/10} is {@code 5-59/10}. */
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
        if (expression instanceof Always) {
            return range(first, last, step);
        }
        if (expression instanceof Between between) {
            return range(number(between.getFrom()), number(between.getTo()), step);
        }
        if (expression instanceof On on) {
            return range(on.getTime().getValue(), on.getTime().getValue(), step);
        }
        throw new IllegalArgumentException("Not a cron field of five: " + expression.asString());
    }

    private long range(int from, int to, int step) {
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << (this == DAY_OF_WEEK ? value % 7 : value);
        }
        return bits;
    }

    private static int number(FieldValue<?> value) {
        if (value.getValue() instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException("Not a number in a cron: " + value);
    }
}
