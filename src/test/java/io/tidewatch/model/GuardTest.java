package io.tidewatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final Target CHECKOUT = new Target("shop", "checkout");
    private static final Target CART = new Target("shop", "cart");

    private final Guard guard = new Guard("plan");

    @Test
    void whatOneTargetThrowsIsItsFaultAndTheNextOneGoesOn() {
        String first = guard.run(CHECKOUT, GuardTest::fails, fault -> "instead");
        String second = guard.run(CART, () -> "as usual", fault -> "instead");

        assertThat(first).isEqualTo("instead");
        assertThat(second).isEqualTo("as usual");
        assertThat(guard.faults().targets()).containsExactly(CHECKOUT);
        assertThat(guard.faults().of(CHECKOUT))
                .hasValueSatisfying(fault -> assertThat(fault.summary())
                        .matches("internal error [0-9a-f]{8} in plan: IllegalStateException: planted;"
                                + " the log has the stack trace"));
    }

    @Test
    void errorsOfThisPieceOfWorkAreFaultsToo() {
        List<Supplier<String>> broken = List.of(
                () -> endless(1),
                () -> {
                    throw new AssertionError("not so");
                },
                () -> {
                    throw new NoClassDefFoundError("io/example/Gone");
                },
                () -> {
                    throw new ExceptionInInitializerError(new IllegalStateException("planted"));
                });
        for (Supplier<String> work : broken) {
            assertThat(guard.run(CART, work, fault -> "instead")).isEqualTo("instead");
        }
        assertThat(guard.faults().byTarget().get(CART)).hasSize(broken.size());
    }

    @Test
    void aHeapThatIsFullIsNobodysFaultAndGoesOn() {
        assertThatThrownBy(() -> guard.run(
                        CART,
                        () -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        fault -> "instead"))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(guard.faults().isEmpty()).isTrue();
    }

    @Test
    void theSameFaultAgainHasTheSameIdAndAnotherPlaceAnother() {
        List<Fault> faults = Stream.of(1, 2, 3)
                .map(time -> fault(time < 3 ? GuardTest::fails : GuardTest::failsElsewhere))
                .toList();
        Fault first = faults.get(0);
        Fault elsewhere = faults.get(2);

        assertThat(faults.get(1)).isEqualTo(first);
        assertThat(elsewhere.id()).isNotEqualTo(first.id());
        assertThat(Fault.of("report", first.thrown()).id()).isNotEqualTo(first.id());
    }

    @Test
    void whereInItsCircleARecursionRunsOutOfStackDoesNotChangeTheId() {
        Fault early = fault(() -> endless(1));
        Fault late = fault(() -> deeper(() -> endless(1)));

        assertThat(late.id()).isEqualTo(early.id());
    }

    @Test
    void aMessageIsOneShortLineWhateverTheExceptionQuotes() {
        Fault fault = fault(() -> {
            throw new IllegalStateException("a\r\n18:00:00 forged\u001b[2J\u202e" + "x".repeat(5_000));
        });

        assertThat(fault.message())
                .hasSize(200)
                .startsWith("IllegalStateException: a 18:00:00 forged[2Jxxx")
                .endsWith("x…");
    }

    @Test
    void aCircleOfCausesEnds() {
        IllegalStateException outer = new IllegalStateException("outer");
        IllegalStateException inner = new IllegalStateException("inner", outer);
        outer.initCause(inner);

        assertThat(Fault.of("plan", outer).message()).isEqualTo("IllegalStateException: inner");
    }

    @Test
    void aTargetsFirstFaultIsReportedAndEachIdIsThereOnce() {
        Fault first = fault(GuardTest::fails);
        Fault second = fault(GuardTest::failsElsewhere);
        Faults one = new Faults(new TreeMap<>(Map.of(CART, List.of(first))));
        Faults other = new Faults(new TreeMap<>(Map.of(CART, List.of(second, first), CHECKOUT, List.of(second))));

        Faults both = one.and(other);

        assertThat(both.of(CART)).contains(first);
        assertThat(both.byTarget().get(CART)).containsExactly(first, second);
        assertThat(both.targets()).containsExactly(CART, CHECKOUT);
    }

    private static Fault fault(Supplier<String> work) {
        return Guard.attempt(
                "plan",
                () -> {
                    throw new AssertionError("nothing was thrown but " + work.get());
                },
                fault -> fault);
    }

    private static String fails() {
        throw new IllegalStateException("planted");
    }

    private static String failsElsewhere() {
        throw new IllegalStateException("planted");
    }

    private static String deeper(Supplier<String> work) {
        return work.get();
    }

    private static String endless(int depth) {
        return other(depth) + depth;
    }

    private static String other(int depth) {
        return endless(depth + 1) + depth;
    }
}
