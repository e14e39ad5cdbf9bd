package io.tidewatch.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.SchedulerListenerSupport;

class AlarmsTest {

    private static final Instant LATER =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(86_400);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<String> touched = new ArrayList<>();
    private Scheduler scheduler;
    private Alarms alarms;

    @BeforeEach
    void start() throws SchedulerException {
        QuartzComponent quartz = context.getComponent("quartz", QuartzComponent.class);
        context.start();
        scheduler = quartz.getScheduler();
        alarms = new Alarms(context, Timeline.real());
        scheduler.getListenerManager().addSchedulerListener(new SchedulerListenerSupport() {
            @Override
            public void jobScheduled(Trigger trigger) {
                touched.add("armed " + trigger.getKey().getName());
            }

            @Override
            public void jobUnscheduled(TriggerKey key) {
                touched.add("disarmed " + key.getName());
            }
        });
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aNewDesiredStateTouchesOnlyTheInstantsThatChanged() {
        alarms.arm(Alarm.WINDOW_EDGE, Set.of(after(1), after(2), after(3)));
        touched.clear();
        alarms.arm(Alarm.WINDOW_EDGE, Set.of(after(2), after(3), after(4)));
        assertThat(touched).containsExactlyInAnyOrder("disarmed " + after(1), "armed " + after(4));
        touched.clear();
        alarms.arm(Alarm.WINDOW_EDGE, Set.of(after(2), after(3), after(4)));
        assertThat(touched).isEmpty();
    }

    @Test
    void noInstantHoweverFarAwayKeepsTheOthersFromBeingArmed() throws SchedulerException {
        alarms.arm(Alarm.DEADLINE, Set.of(Instant.MAX, Instant.parse("+1000000000-12-31T00:00:00Z"), after(1)));

        assertThat(armed(Alarm.DEADLINE)).contains(after(1).toString()).hasSize(3);
    }

    @Test
    void alarmsOfOneKindLeaveThoseOfAnotherAlone() throws SchedulerException {
        alarms.arm(Alarm.WINDOW_EDGE, Set.of(after(1)));
        alarms.arm(Alarm.DEADLINE, Set.of(after(1)));
        alarms.arm(Alarm.DEADLINE, Set.of());
        assertThat(armed(Alarm.WINDOW_EDGE)).containsExactly(after(1).toString());
        assertThat(armed(Alarm.DEADLINE)).isEmpty();
    }

    @Test
    void aMisfiredAlarmFiresAtOnce() throws SchedulerException {
        alarms.arm(Alarm.WINDOW_EDGE, Set.of(after(1)));
        Trigger trigger = scheduler.getTrigger(TriggerKey.triggerKey(after(1).toString(), Alarm.WINDOW_EDGE.name()));
        assertThat(trigger.getMisfireInstruction()).isEqualTo(SimpleTrigger.MISFIRE_INSTRUCTION_FIRE_NOW);
    }

    /** What ends after the stop, such as a delivery or a report, met a scheduler that was gone. */
    @Test
    void afterAStopNothingIsArmed() {
        alarms.arm(Alarm.OUTBOX, Set.of(after(1)));
        touched.clear();
        context.stop();
        alarms.arm(Alarm.OUTBOX, Set.of(after(2)));
        assertThat(touched).doesNotContain("armed " + after(2));
    }

    /** It was lost: the trigger that fired still stood while what it woke armed the same instant anew. */
    @Test
    void anAlarmThatIsArmedAnewWhileItRingsRingsAgain() throws Exception {
        Instant soon = Instant.now();
        CountDownLatch rings = new CountDownLatch(2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:request-pass").process(exchange -> {
                    rings.countDown();
                    if (rings.getCount() > 0) {
                        alarms.arm(Alarm.WINDOW_EDGE, Set.of(soon));
                    }
                });
            }
        });
        alarms.arm(Alarm.WINDOW_EDGE, Set.of(soon));
        assertThat(rings.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /**
     * Quartz reads the scheduler's context, which is not synchronized, whenever any trigger fires. A change of it at that moment was a
     * ConcurrentModificationException, and the trigger that fired could stay in the state ERROR for ever.
     */
    @Test
    void armingChangesNothingThatOtherTriggersReadWhileTheyFire() throws SchedulerException {
        Map<String, Object> before = Map.copyOf(scheduler.getContext());

        alarms.arm(Alarm.WINDOW_EDGE, Set.of(after(1)));

        assertThat(scheduler.getContext()).containsExactlyInAnyOrderEntriesOf(before);
    }

    /** Ten thousand schedules share the scheduler's threads and a bounded number of jobs. */
    @Test
    void manyInstantsTakeNeitherThreadsNorJobsEach() throws SchedulerException {
        alarms.arm(Alarm.WINDOW_EDGE, Set.of(after(0)));
        int threads = scheduler.getMetaData().getThreadPoolSize();
        alarms.arm(
                Alarm.WINDOW_EDGE,
                IntStream.range(0, 1_000).mapToObj(AlarmsTest::after).collect(Collectors.toSet()));
        assertThat(armed(Alarm.WINDOW_EDGE)).hasSize(1_000);
        assertThat(scheduler.getJobKeys(GroupMatcher.anyJobGroup())).hasSizeLessThanOrEqualTo(100);
        assertThat(scheduler.getMetaData().getThreadPoolSize())
                .isEqualTo(threads)
                .isLessThanOrEqualTo(20);
    }

    private Set<String> armed(Alarm alarm) throws SchedulerException {
        Set<String> names = new TreeSet<>();
        scheduler.getTriggerKeys(GroupMatcher.groupEquals(alarm.name())).forEach(key -> names.add(key.getName()));
        return names;
    }

    private static Instant after(int seconds) {
        return LATER.plusSeconds(seconds);
    }
}
