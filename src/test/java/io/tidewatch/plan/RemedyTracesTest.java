package io.tidewatch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tidewatch.cluster.ClusterWriter;
import io.tidewatch.cluster.Fence;
import io.tidewatch.cluster.InFlight;
import io.tidewatch.cluster.RawObjects;
import io.tidewatch.definition.DefinitionReader;
import io.tidewatch.definition.check.PastTexts;
import io.tidewatch.model.Commit;
import io.tidewatch.model.Counters;
import io.tidewatch.model.Limits;
import io.tidewatch.model.Night;
import io.tidewatch.model.ObjectKey;
import io.tidewatch.model.Problem;
import io.tidewatch.model.Target;
import io.tidewatch.model.cluster.ClusterState;
import io.tidewatch.model.definition.Checkout;
import io.tidewatch.model.definition.Definitions;
import io.tidewatch.model.definition.DesiredState;
import io.tidewatch.model.definition.Manifest;
import io.tidewatch.model.definition.RemedyPolicy;
import io.tidewatch.model.definition.SourceDefinitions;
import io.tidewatch.model.definition.SourcePolicy;
import io.tidewatch.model.diagnosis.Cause;
import io.tidewatch.model.diagnosis.Diagnoses;
import io.tidewatch.model.diagnosis.Diagnosis;
import io.tidewatch.model.diagnosis.Diagnosis.Certainty;
import io.tidewatch.model.diagnosis.Hop;
import io.tidewatch.model.diagnosis.Progress;
import io.tidewatch.model.diagnosis.State;
import io.tidewatch.model.plan.Action;
import io.tidewatch.model.plan.LiveObject;
import io.tidewatch.model.plan.Outcome;
import io.tidewatch.model.plan.Plan;
import io.tidewatch.observe.ObjectReader;
import io.tidewatch.observe.Observations;
import io.tidewatch.playground.api.Fault;
import io.tidewatch.playground.api.FaultHook;
import io.tidewatch.playground.api.PlaygroundApiServer;
import io.tidewatch.schedule.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random nights with remedies, written by the real writer to an API server: pods that come slowly or not, stale statuses, commits
 * that change the deadline, the image or the remedies, a schedule that is removed and comes back, people who set the field, holds,
 * requests that fail or whose answer is lost, and processes that end between two requests. Every attempt is judged by the rules,
 * and after the night nothing of a remedy is left. {@code -Dtidewatch.remedies.nights} plays more of them.
 */
class RemedyTracesTest {

    private static final long SEED = Long.getLong("tidewatch.remedies.seed", 20261130L);
    private static final int NIGHTS = Integer.getInteger("tidewatch.remedies.nights", 8);
    private static final Instant NOON = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant CALM = NOON.plus(Duration.ofHours(20));
    private static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    @Test
    void everyAttemptIsAllowedAndNothingIsLeft() {
        Tally tally = new Tally();
        Moment clock = new Moment();
        try (PlaygroundApiServer server = PlaygroundApiServer.start(clock);
                KubernetesClient client = server.client()) {
            client.namespaces()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("shop")
                            .endMetadata()
                            .build())
                    .create();
            for (int night = 0; night < NIGHTS; night++) {
                new PlayedNight(server, client, clock, SEED + night, tally).play();
            }
        }
        if (System.getProperty("tidewatch.remedies.nights") != null) {
            System.out.println(tally);
        }
        assertThat(tally.extensions).as(tally.toString()).isGreaterThanOrEqualTo(NIGHTS / 2);
        assertThat(tally.crashesWhileExtended).as(tally.toString()).isPositive();
        assertThat(tally.restarts).as(tally.toString()).isPositive();
    }

    /** What was played. */
    private static final class Tally {
        private int passes;
        private int extensions;
        private int secondExtensions;
        private int putBack;
        private int forgotten;
        private int restarts;
        private int nudges;
        private int crashes;
        private int crashesWhileExtended;
        private int failed;
        private final Map<String, Integer> reasons = new TreeMap<>();

        @Override
        public String toString() {
            return NIGHTS + " nights from seed " + SEED + ": " + passes + " passes, " + extensions + " extensions ("
                    + secondExtensions + " of them a second), " + putBack + " put back, " + forgotten + " forgotten, "
                    + restarts + " restarts, " + nudges + " nudges, " + crashes + " crashes (" + crashesWhileExtended
                    + " while extended), " + failed + " failed writes" + reasons;
        }
    }

    private static final class Moment extends Clock {
        private Instant now = NOON;

        @Override
        public ZoneId getZone() {
            return ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static final class Crash extends RuntimeException {
        Crash() {
            super("the process ends here");
        }
    }

    private static ResourceDefinitionContext kind(String kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(
                        switch (kind) {
                            case "Rollout" -> "argoproj.io";
                            case "ScaledObject" -> "keda.sh";
                            default -> "apps";
                        })
                .withVersion(kind.equals("ReplicaSet") ? "v1" : "v1alpha1")
                .withKind(kind)
                .withPlural(kind.toLowerCase(java.util.Locale.ROOT) + "s")
                .withNamespaced(true)
                .build();
    }

    private static final class PlayedNight {

        private final PlaygroundApiServer server;
        private final KubernetesClient client;
        private final RawObjects raw;
        private final Moment clock;
        private final Random random;
        private final Tally tally;
        private final String name;
        private final Target target;
        private final boolean applies;
        private final Duration timeout;
        private final ClusterWriter writer;

        // What Git says.
        private OptionalInt deadlineInGit;
        private int image = 1;
        private boolean scheduled = true;
        private List<RemedyPolicy> remedies;
        private int commits;
        private Definitions definitions = Definitions.NONE;
        private Timetable timetable = Timetable.of(Definitions.NONE);

        // What the cluster is.
        private OptionalInt deadlineOfOthers;
        private Map<String, Object> scaledObject = Map.of();
        private Map<String, Object> rollout = Map.of();
        private Map<String, Object> replicaSet = Map.of();
        private boolean changed = true;
        private State state = State.CONVERGED;
        private List<Cause> causes = List.of();
        private int available = 7;
        private Instant progressAt = NOON;
        private Instant stepAt = NOON;
        private boolean timedOut;
        private Optional<String> restartedAt = Optional.empty();

        // What the process and the judge know.
        private boolean crashesNext;
        private boolean justStarted;
        private final Map<String, Integer> inPeriod = new HashMap<>();
        private final Map<LocalDate, Integer> inNight = new HashMap<>();

        PlayedNight(PlaygroundApiServer server, KubernetesClient client, Moment clock, long seed, Tally tally) {
            this.server = server;
            this.client = client;
            this.clock = clock;
            this.tally = tally;
            raw = new RawObjects(client);
            random = new Random(seed);
            name = "night-" + seed;
            target = new Target("shop", name);
            applies = random.nextInt(3) > 0;
            timeout = Duration.ofMinutes(5 + random.nextInt(40));
            deadlineInGit = deadline();
            deadlineOfOthers = random.nextInt(4) == 0 ? deadlineInGit : OptionalInt.empty();
            remedies = remedies();
            writer = new ClusterWriter(client, clock, this::turn, new InFlight(1), Fence.OPEN);
        }

        private OptionalInt deadline() {
            return random.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(60 * (1 + random.nextInt(15)));
        }

        private List<RemedyPolicy> remedies() {
            List<RemedyPolicy.Type> types = new ArrayList<>(Arrays.asList(RemedyPolicy.Type.values()));
            Collections.shuffle(types, random);
            List<RemedyPolicy> some = new ArrayList<>();
            types.stream()
                    .filter(type -> type == RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE
                            ? random.nextInt(6) > 0
                            : random.nextBoolean())
                    .forEach(type -> some.add(new RemedyPolicy(
                            type,
                            1 + random.nextInt(3),
                            Duration.ofSeconds(1 + random.nextInt(120)),
                            type == RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE
                                    ? Duration.ofMinutes(1 + random.nextInt(15))
                                    : RemedyPolicy.EXTENSION)));
            return some;
        }

        void play() {
            clock.now = NOON;
            create();
            commit();
            server.strikeWith(this::strike);
            while (clock.now.isBefore(CALM)) {
                happen();
                Instant next = pass();
                clock.now = next;
            }
            server.strikeWith(FaultHook.none());
            crashesNext = false;
            becalm();
        }

        // The night.

        private void happen() {
            switch (random.nextInt(40)) {
                case 0 -> {
                    deadlineInGit = deadline();
                    commit();
                }
                case 1 -> {
                    image++;
                    commit();
                }
                case 2 -> {
                    remedies = remedies();
                    commit();
                }
                case 3 -> {
                    scheduled = !scheduled || random.nextBoolean();
                    commit();
                }
                case 4 -> person();
                case 5 -> hold();
                case 6 -> crash();
                default -> {}
            }
            if (random.nextInt(5) == 0) {
                turnTo();
            }
            if (state == State.WAITING && random.nextInt(12) == 0 && !timedOut) {
                progressAt = clock.now;
            }
            restartedAt = asked().filter(at -> random.nextBoolean() || restartedAt.isPresent());
        }

        private Optional<String> asked() {
            return Optional.ofNullable(spec(rollout).get("restartAt")).map(String::valueOf);
        }

        private void turnTo() {
            State[] states = {
                State.WAITING,
                State.WAITING,
                State.WAITING,
                State.STALE_STATUS,
                State.CONVERGED,
                State.AVAILABILITY_LAG,
                State.UNKNOWN
            };
            State next = states[random.nextInt(states.length)];
            if (next == State.WAITING && state != State.WAITING) {
                stepAt = clock.now;
                progressAt = clock.now;
            }
            state = next;
            available = next == State.WAITING || next == State.AVAILABILITY_LAG ? 4 : 40;
            causes = switch (next) {
                case STALE_STATUS -> List.of(Cause.STALE_REPLICA_SET_CACHE);
                case WAITING ->
                    random.nextInt(4) == 0
                            ? List.of(random.nextBoolean() ? Cause.UNSCHEDULABLE : Cause.NOT_READY)
                            : List.of();
                default -> List.of();
            };
            if (state == State.CONVERGED) {
                timedOut = false;
            }
        }

        private void person() {
            if (applies) {
                return;
            }
            OptionalInt value = random.nextInt(3) == 0 ? OptionalInt.empty() : deadline();
            patch("Rollout", "kubectl-edit", "{\"spec\":{\"progressDeadlineSeconds\":" + text(value) + "}}");
            deadlineOfOthers = value;
        }

        private static String text(OptionalInt value) {
            return value.isPresent() ? Integer.toString(value.getAsInt()) : "null";
        }

        private void hold() {
            patch(
                    "ScaledObject",
                    "kubectl-edit",
                    "{\"metadata\":{\"annotations\":{\"tidewatch.io/hold-until\":\""
                            + clock.now.plusSeconds(random.nextInt(3_000)) + "\"}}}");
        }

        private void crash() {
            crashesNext = true;
        }

        private Fault strike(FaultHook.Moment moment, FaultHook.Call call) {
            if (!call.verb().equals("patch") || !striking) {
                return Fault.NONE;
            }
            if (moment == FaultHook.Moment.BEFORE) {
                return switch (random.nextInt(25)) {
                    case 0 -> Fault.error(500);
                    case 1 -> Fault.error(403);
                    case 2 -> Fault.error(409);
                    default -> Fault.NONE;
                };
            }
            return random.nextInt(25) == 0 ? Fault.cut() : Fault.NONE;
        }

        private boolean striking;

        /** Between two requests of an action. */
        private void turn() {
            if (crashesNext || random.nextInt(8) == 0) {
                throw new Crash();
            }
        }

        // One pass.

        private Instant pass() {
            tally.passes++;
            observe();
            Instant now = clock.now;
            Definitions known =
                    justStarted && random.nextBoolean() ? new Definitions(List.of(), Set.of("shop")) : definitions;
            justStarted = false;
            DesiredState desired = known == definitions
                    ? timetable.at(now)
                    : Timetable.of(known).at(now);
            Plan plan = plan(known, desired);
            assertThat(plan.faults().isEmpty())
                    .as("%s: %s", name, plan.faults())
                    .isTrue();
            boolean isExtended = isExtended();
            for (Action action : plan.actions()) {
                if (!carryOut(action, desired)) {
                    tally.crashes++;
                    tally.crashesWhileExtended += isExtended || isExtended() ? 1 : 0;
                    justStarted = true;
                    crashesNext = false;
                    break;
                }
            }
            Instant asked = plan.actions().isEmpty() ? plan.next().orElse(CALM) : now.plusMillis(250);
            Instant another = now.plusSeconds(1 + random.nextInt(240));
            return another.isBefore(asked) || random.nextInt(10) == 0 ? another : asked;
        }

        private boolean isExtended() {
            observe();
            return remembered().contains("deadline=");
        }

        /** @return false where the process has ended */
        private boolean carryOut(Action action, DesiredState desired) {
            observe();
            String before = remembered();
            OptionalInt deadlineBefore = written();
            judge(action, desired);
            boolean crashed = false;
            striking = true;
            try {
                Outcome outcome = writer.apply(action);
                tally.failed += outcome instanceof Outcome.Done ? 0 : 1;
            } catch (Crash end) {
                crashed = true;
            } finally {
                striking = false;
            }
            changed = true;
            observe();
            account(action, desired, !remembered().equals(before), deadlineBefore);
            return !crashed;
        }

        private void judge(Action action, DesiredState desired) {
            Optional<RemedyPolicy.Type> type = typeOf(action);
            if (type.isEmpty()) {
                return;
            }
            String about = name + " at " + clock.now + ": " + action.type() + ", " + remembered();
            assertThat(desired.of(target)).as(about).isPresent();
            assertThat(policy(desired, type.get())).as(about).isPresent();
            boolean isExtension = type.get() == RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE;
            assertThat(state).as(about).isEqualTo(isExtension ? State.WAITING : State.STALE_STATUS);
            if (!isExtension) {
                return;
            }
            int deadline = written().orElse(600);
            assertThat(timedOut).as(about).isFalse();
            assertThat(causes).as(about).doesNotContain(Cause.UNSCHEDULABLE);
            assertThat(clock.now).as(about).isBefore(progressAt.plusSeconds(deadline));
            assertThat(progressAt.plusSeconds(deadline)).as(about).isBefore(stepAt.plus(timeout));
            boolean isOurs = deadlineOfOthers.isEmpty() || applies;
            assertThat(isOurs).as(about + ", the field is of another").isTrue();
        }

        private Optional<RemedyPolicy> policy(DesiredState desired, RemedyPolicy.Type type) {
            return desired.of(target).orElseThrow().schedule().remedies().stream()
                    .filter(remedy -> remedy.type() == type)
                    .findFirst();
        }

        private void account(Action action, DesiredState desired, boolean remembers, OptionalInt deadlineBefore) {
            Optional<RemedyPolicy.Type> type = typeOf(action);
            String about = name + " at " + clock.now + ": " + action.type() + ", " + remembered();
            if (type.isEmpty()) {
                if (action instanceof Action.PatchRollout patch) {
                    tally.putBack += patch.change() == Action.Change.EXTEND_DONE ? 1 : 0;
                    tally.forgotten += patch.change() == Action.Change.FORGOTTEN ? 1 : 0;
                    tally.reasons.merge(
                            patch.change() + " " + patch.reason().replaceAll("[0-9]+", "N"), 1, Integer::sum);
                }
                return;
            }
            if (!remembers) {
                assertThat(written()).as(about + ", without memory").isEqualTo(deadlineBefore);
                return;
            }
            String period = desired.of(target).orElseThrow().period();
            RemedyPolicy policy = policy(desired, type.get()).orElseThrow();
            int tried = inPeriod.merge(type.get() + period, 1, Integer::sum);
            assertThat(tried).as(about).isLessThanOrEqualTo(3);
            assertThat(tried <= policy.attempts() || commits > 1).as(about).isTrue();
            assertThat(inNight.merge(Night.of(clock.now, ZONE), 1, Integer::sum))
                    .as(about)
                    .isLessThanOrEqualTo(Limits.REMEDIES_IN_NIGHT);
            switch (type.get()) {
                case EXTEND_PROGRESS_DEADLINE -> {
                    tally.extensions++;
                    tally.secondExtensions += tried > 1 ? 1 : 0;
                }
                case RESTART_ROLLOUT -> tally.restarts++;
                case NUDGE_ROLLOUT, NUDGE_REPLICA_SETS -> tally.nudges++;
            }
        }

        private static Optional<RemedyPolicy.Type> typeOf(Action action) {
            if (action instanceof Action.NudgeReplicaSets) {
                return Optional.of(RemedyPolicy.Type.NUDGE_REPLICA_SETS);
            }
            if (!(action instanceof Action.PatchRollout patch)) {
                return Optional.empty();
            }
            return switch (patch.change()) {
                case RESTART -> Optional.of(RemedyPolicy.Type.RESTART_ROLLOUT);
                case NUDGE -> Optional.of(RemedyPolicy.Type.NUDGE_ROLLOUT);
                case EXTEND -> Optional.of(RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE);
                case RESTART_DONE, NUDGE_DONE, EXTEND_DONE, FORGOTTEN -> Optional.empty();
            };
        }

        private Plan plan(Definitions known, DesiredState desired) {
            Map<ObjectKey, LiveObject> whole = new LinkedHashMap<>();
            for (Map<String, Object> object : List.of(scaledObject, statused())) {
                ObjectKey key = new ObjectKey(
                        String.valueOf(object.get("apiVersion")), String.valueOf(object.get("kind")), "shop", name);
                Map<?, ?> meta = (Map<?, ?>) object.get("metadata");
                whole.put(
                        key,
                        new LiveObject(
                                key,
                                new Action.Version(
                                        String.valueOf(meta.get("uid")), String.valueOf(meta.get("resourceVersion"))),
                                object));
            }
            ClusterState seen = new ClusterState(
                    clock.now,
                    List.of(ObjectReader.scaledObject(scaledObject, clock.now)),
                    List.of(),
                    List.of(ObjectReader.rollout(statused(), clock.now)),
                    List.of(ObjectReader.replicaSet(replicaSet, clock.now)),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    whole,
                    Set.of());
            Set<ObjectKey> declared = known.sources().stream()
                    .flatMap(source -> source.manifests().stream())
                    .map(Manifest::key)
                    .collect(Collectors.toSet());
            Set<Target> concerned = Observations.concerned(seen, desired.targets(), declared, "tidewatch");
            return new Planner("tidewatch", Map.of("shop", new SourcePolicy("shop", applies, true, Set.of())))
                    .plan(known, desired, seen, Observations.of(seen, concerned), diagnoses());
        }

        private Diagnoses diagnoses() {
            Optional<Instant> deadline = state == State.WAITING ? Optional.of(stepAt.plus(timeout)) : Optional.empty();
            Diagnosis diagnosis = new Diagnosis(
                    target,
                    "ScaledObject",
                    state,
                    causes,
                    Optional.of(Hop.POD),
                    Certainty.CERTAIN,
                    "",
                    OptionalInt.of(7),
                    Optional.empty(),
                    Optional.of(new Counters(available, available, available, available, available)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Progress.NONE.with(Progress.DueTimes.NONE.withDeadline(deadline)));
            return new Diagnoses(clock.now, new TreeMap<>(Map.of(target, diagnosis)));
        }

        /** The Rollout with the status that its controller would write. */
        private Map<String, Object> statused() {
            boolean complete = state == State.CONVERGED;
            timedOut = !complete
                    && (timedOut
                            || !clock.now.isBefore(
                                    progressAt.plusSeconds(written().orElse(600))));
            Map<String, Object> status = new LinkedHashMap<>(Map.of("stableRS", "abc", "currentPodHash", "abc"));
            status.put(
                    "conditions",
                    List.of(Map.of(
                            "type",
                            "Progressing",
                            "status",
                            timedOut ? "False" : "True",
                            "reason",
                            timedOut
                                    ? "ProgressDeadlineExceeded"
                                    : complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                            "lastUpdateTime",
                            progressAt.toString())));
            restartedAt.ifPresent(at -> status.put("restartedAt", at));
            Map<String, Object> whole = new LinkedHashMap<>(rollout);
            whole.put("status", status);
            return whole;
        }

        // The cluster.

        private void create() {
            apply("ScaledObject", applies ? "tidewatch" : "argocd", scaledObjectJson());
            apply("Rollout", applies ? "tidewatch" : "argocd", rolloutJson(applies ? deadlineInGit : deadlineOfOthers));
            patch("Rollout", "kube-controller-manager", "{\"spec\":{\"replicas\":5}}");
            observe();
            apply("ReplicaSet", "rollouts-controller", """
                    {"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"%s","namespace":"shop",
                     "labels":{"rollouts-pod-template-hash":"abc"},"ownerReferences":[{"apiVersion":"argoproj.io/v1alpha1",
                     "kind":"Rollout","name":"%s","uid":"%s","controller":true}]},
                     "spec":{"replicas":7,"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},
                     "spec":{"containers":[{"name":"app","image":"a:1"}]}}}}
                    """.formatted(
                            name, name, ((Map<?, ?>) rollout.get("metadata")).get("uid")));
        }

        private String scaledObjectJson() {
            return """
                    {"apiVersion":"keda.sh/v1alpha1","kind":"ScaledObject","metadata":{"name":"%s","namespace":"shop"},
                     "spec":{"scaleTargetRef":{"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","name":"%s"},
                     "minReplicaCount":5,"maxReplicaCount":20,"triggers":[{"type":"metrics-api","metadata":{"targetValue":"10"}}]}}
                    """.formatted(name, name);
        }

        private String rolloutJson(OptionalInt deadline) {
            return """
                    {"apiVersion":"argoproj.io/v1alpha1","kind":"Rollout","metadata":{"name":"%s","namespace":"shop"},
                     "spec":{%s"selector":{"matchLabels":{"app":"a"}},"template":{"metadata":{"labels":{"app":"a"}},
                     "spec":{"containers":[{"name":"app","image":"a:%d","resources":{}}]}},"strategy":{"canary":{"maxSurge":1}}}}
                    """.formatted(
                            name,
                            deadline.isPresent() ? "\"progressDeadlineSeconds\":" + deadline.getAsInt() + "," : "",
                            image);
        }

        private void commit() {
            commits++;
            TreeMap<String, String> files = new TreeMap<>();
            files.put("scaled.yaml", scaledObjectJson());
            if (applies) {
                files.put("rollout.yaml", rolloutJson(deadlineInGit));
            }
            if (scheduled) {
                files.put("schedule.yaml", schedule());
            }
            SourceDefinitions source = new DefinitionReader()
                    .read(
                            new Checkout(
                                    new Commit("shop", "c" + commits, "Dana", Instant.EPOCH, "a commit"),
                                    files,
                                    files.keySet()),
                            Optional.empty(),
                            PastTexts.NONE);
            assertThat(source.problems())
                    .as(files.toString())
                    .filteredOn(Problem::isError)
                    .isEmpty();
            definitions = new Definitions(List.of(source));
            timetable = Timetable.of(definitions);
        }

        private String schedule() {
            String listed = remedies.stream()
                    .map(remedy -> "{type: " + remedy.type().word() + ", attempts: " + remedy.attempts() + ", every: "
                            + remedy.every().toSeconds() + "s"
                            + (remedy.type() == RemedyPolicy.Type.EXTEND_PROGRESS_DEADLINE
                                    ? ", by: " + remedy.by().toMinutes() + "m"
                                    : "")
                            + "}")
                    .collect(Collectors.joining(", "));
            return """
                    apiVersion: tidewatch.io/v1alpha1
                    kind: ScaleSchedule
                    metadata: {name: peaks, namespace: shop}
                    spec:
                      scaledObjectRef: {name: %s}
                      timeZone: Asia/Seoul
                      windows:
                        - {name: evening, start: "0 18 * * *", duration: 3h, minReplicas: 7}
                        - {name: peak, start: "30 22 * * *", end: "0 2 * * *", minReplicas: 9}
                      checks: {beforeDown: Skip, timeout: %dm}
                      remedies: [%s]
                    """.formatted(name, timeout.toMinutes(), listed);
        }

        private void observe() {
            if (changed) {
                scaledObject = get("ScaledObject").orElse(scaledObject);
                rollout = get("Rollout").orElse(rollout);
                replicaSet = get("ReplicaSet").orElse(replicaSet);
                changed = false;
                forgetWithTheSchedule();
            }
        }

        /** With a removed schedule its memory goes, and that of a remedy which is not ended yet last; one that comes back is another. */
        private void forgetWithTheSchedule() {
            if (!scheduled && !annotations(scaledObject).containsKey("tidewatch.io/window")) {
                inPeriod.clear();
            }
            if (!scheduled && remembered().equals("null")) {
                inNight.clear();
            }
        }

        private Optional<Map<String, Object>> get(String kind) {
            return Optional.ofNullable(client.genericKubernetesResources(kind(kind))
                            .inNamespace("shop")
                            .withName(name)
                            .get())
                    .map(raw::of);
        }

        private void apply(String kind, String manager, String json) {
            GenericKubernetesResource object =
                    client.getKubernetesSerialization().unmarshal(json, GenericKubernetesResource.class);
            client.genericKubernetesResources(kind(kind))
                    .inNamespace("shop")
                    .resource(object)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager(manager)
                                    .withForce(true)
                                    .build(),
                            json);
            changed = true;
        }

        private void patch(String kind, String manager, String json) {
            client.genericKubernetesResources(kind(kind))
                    .inNamespace("shop")
                    .withName(name)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.JSON_MERGE)
                                    .withFieldManager(manager)
                                    .build(),
                            json);
            changed = true;
        }

        private String remembered() {
            return String.valueOf(annotations(scaledObject).get("tidewatch.io/remedies"));
        }

        private OptionalInt written() {
            return spec(rollout).get("progressDeadlineSeconds") instanceof Number seconds
                    ? OptionalInt.of(seconds.intValue())
                    : OptionalInt.empty();
        }

        private static Map<?, ?> spec(Map<String, Object> object) {
            return object.get("spec") instanceof Map<?, ?> spec ? spec : Map.of();
        }

        private static Map<?, ?> annotations(Map<String, Object> object) {
            return object.get("metadata") instanceof Map<?, ?> meta
                            && meta.get("annotations") instanceof Map<?, ?> annotations
                    ? annotations
                    : Map.of();
        }

        // After the night.

        private void becalm() {
            state = State.CONVERGED;
            causes = List.of();
            available = 40;
            timedOut = false;
            clock.now = CALM.plus(Duration.ofHours(2));
            List<Action> last = List.of();
            for (int pass = 0; pass < 30; pass++) {
                observe();
                restartedAt = asked();
                DesiredState desired = timetable.at(clock.now);
                Plan plan = plan(definitions, desired);
                last = plan.actions();
                for (Action action : last) {
                    judge(action, desired);
                    striking = false;
                    apply(action);
                    observe();
                }
                clock.now = clock.now.plusSeconds(1);
            }
            String about = name + (applies ? ", applied, " : ", not applied, ") + annotations(scaledObject) + " "
                    + ((Map<?, ?>) rollout.get("metadata")).get("managedFields");
            assertThat(last).as(about).isEmpty();
            assertThat(written()).as(about).isEqualTo(applies ? deadlineInGit : deadlineOfOthers);
            assertThat(remembered()).as(about).doesNotContain("deadline=");
            assertThat(asked()).as(about).isEmpty();
            assertThat(annotations(rollout).get("tidewatch.io/nudged-at"))
                    .as(about)
                    .isNull();
            if (!scheduled) {
                assertThat(annotations(scaledObject).keySet())
                        .as(about)
                        .noneMatch(key -> String.valueOf(key).startsWith("tidewatch.io/")
                                && !String.valueOf(key).startsWith("tidewatch.io/hold"));
            }
        }

        private void apply(Action action) {
            try {
                Outcome outcome = writer.apply(action);
                assertThat(outcome)
                        .as("%s: %s", name, action)
                        .isInstanceOfAny(Outcome.Done.class, Outcome.Outdated.class);
            } catch (Crash end) {
                assertThat(end).hasMessageContaining("process");
            } finally {
                changed = true;
            }
        }
    }
}
