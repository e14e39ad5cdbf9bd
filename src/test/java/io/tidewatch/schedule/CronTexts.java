package io.tidewatch.schedule;

import io.tidewatch.definition.cron.CronText;
import io.tidewatch.model.definition.CronExpression;
import io.tidewatch.yaml.Parsed;

/** Crons as a test writes them: the product's reader, with an exception for a text that is not a cron. */
final class CronTexts {

    private CronTexts() {}

    static Cron cron(String text) {
        return new Cron(expression(text));
    }

    static CronExpression expression(String text) {
        Parsed<CronExpression> read = CronText.parse(text);
        return read.value().orElseThrow(() -> new IllegalArgumentException(read.toString()));
    }
}
