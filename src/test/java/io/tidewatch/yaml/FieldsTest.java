package io.tidewatch.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.model.Problem;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Numbers at the border of their range, and durations without a unit: 0 is the same in every unit, any other number is an error. */
class FieldsTest {

    private static final long SEED = Long.getLong("tidewatch.durations.seed", 20261130L);
    private static final int NUMBERS = Integer.getInteger("tidewatch.durations.numbers", 500);

    private final Findings findings = new Findings("a.yaml");

    @Test
    void zeroNeedsNoUnit() {
        assertThat(duration(0, "0", DurationText::parse)).contains(Duration.ZERO);
        assertThat(FileProblems.toReport(List.of(findings.found()))).isEmpty();
    }

    @Test
    void zeroIsAnErrorWhereADurationIsPositive() {
        assertThat(duration(0, "0", DurationText::parsePositive)).isEmpty();
        assertThat(FileProblems.toReport(List.of(findings.found())))
                .extracting(Problem::message)
                .containsExactly("\"0\" is zero; write it as 3h30m, 90s, 2d or PT3H30M");
    }

    @Test
    void anyOtherNumberIsAnErrorWithItsUnits() {
        Random random = new Random(SEED);
        for (int i = 0; i < NUMBERS; i++) {
            BigInteger number = new BigInteger(1 + random.nextInt(70), random).add(BigInteger.ONE);
            String written = (random.nextBoolean() ? "" : "-") + number + (random.nextBoolean() ? "" : ".0");
            Findings fresh = new Findings("a.yaml");

            assertThat(duration(number, written, DurationText::parse, fresh))
                    .as("%s, seed %d", written, SEED)
                    .isEmpty();

            assertThat(FileProblems.toReport(List.of(fresh.found())))
                    .extracting(Problem::message)
                    .containsExactly("expected a duration, got the number " + written + "; write " + written + "s, "
                            + written + "m or " + written + "h");
        }
    }

    /** Of any length: below the range, inside it, or above it, and never "no whole number". */
    @Test
    void aWholeNumberOutsideOfTheRangeIsAnErrorWithTheRange() {
        Random random = new Random(SEED);
        for (int i = 0; i < NUMBERS; i++) {
            BigInteger number = new BigInteger(1 + random.nextInt(70), random);
            BigInteger signed = random.nextBoolean() ? number : number.negate();
            Findings fresh = new Findings("a.yaml");

            Optional<Integer> read = integer(narrowest(signed), fresh);

            String complaint = signed.signum() < 0
                    ? signed + " is too low; the minimum is 0"
                    : signed + " is too high; the maximum is 10,000";
            boolean isInside = signed.signum() >= 0 && signed.compareTo(BigInteger.valueOf(10_000)) <= 0;
            assertThat(read.isPresent()).as("%s, seed %d", signed, SEED).isEqualTo(isInside);
            assertThat(FileProblems.toReport(List.of(fresh.found())))
                    .extracting(Problem::message)
                    .isEqualTo(isInside ? List.of() : List.of(complaint));
        }
    }

    /** As YAML is read: an int where it fits, then a long. */
    private static Number narrowest(BigInteger number) {
        if (number.bitLength() < 32) {
            return number.intValueExact();
        }
        return number.bitLength() < 64 ? (Number) number.longValueExact() : number;
    }

    private static Optional<Integer> integer(Number value, Findings findings) {
        Node.Entry entry = new Node.Entry("minReplicas", 1, new Node.Scalar(1, value, value.toString()));
        return Fields.open(Place.root(new Node.Mapping(1, List.of(entry), 2)), findings)
                .orElseThrow()
                .integer("minReplicas", 0, 10_000);
    }

    private Optional<Duration> duration(Number value, String written, Function<String, Parsed<Duration>> parser) {
        return duration(value, written, parser, findings);
    }

    private static Optional<Duration> duration(
            Number value, String written, Function<String, Parsed<Duration>> parser, Findings findings) {
        Node.Entry entry = new Node.Entry("preflight", 1, new Node.Scalar(1, value, written));
        return Fields.open(Place.root(new Node.Mapping(1, List.of(entry), 2)), findings)
                .orElseThrow()
                .duration("preflight", parser);
    }
}
