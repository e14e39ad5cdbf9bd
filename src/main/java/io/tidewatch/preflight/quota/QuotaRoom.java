package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.PodNeeds.ContainerNeeds;
import io.tidewatch.model.cluster.ResourceQuotaView;
import io.tidewatch.preflight.quota.QuotaAnswer.Incomputable;
import io.tidewatch.preflight.quota.QuotaAnswer.Room;
import io.tidewatch.preflight.quota.QuotaAnswer.TooLittle;
import io.tidewatch.preflight.quota.QuotaAnswer.Unnamed;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** For how many of the pods that are to be created one ResourceQuota leaves room. */
public final class QuotaRoom {

    /** Of these, every container must name an amount where a quota counts them. */
    private static final List<String> TO_BE_NAMED =
            List.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private final ResourceQuotaView quota;
    private final List<Pods> counted = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    private record Pods(AdmittedPod pod, PodUsage usage, int count) {}

    private QuotaRoom(ResourceQuotaView quota) {
        this.quota = quota;
    }

    /** The answers of all quotas, each in the order of the quotas. */
    public static List<QuotaAnswer> of(
            List<ResourceQuotaView> quotas, List<LimitRangeView> ranges, List<Demand> demands) {
        return quotas.stream().map(quota -> of(quota, ranges, demands)).toList();
    }

    private static QuotaAnswer of(ResourceQuotaView quota, List<LimitRangeView> ranges, List<Demand> demands) {
        QuotaRoom room = new QuotaRoom(quota);
        demands.forEach(demand -> room.add(AdmittedPod.of(demand.pod(), ranges), demand));
        return room.answer();
    }

    private void add(AdmittedPod pod, Demand demand) {
        switch (ScopeMatch.of(quota, pod)) {
            case YES -> count(pod, demand);
            case UNKNOWN -> unknown.add("whether its scopes match the pods is not known");
            case NO -> {}
        }
    }

    /** Of a pod whose amounts cannot be computed, the number of pods is known all the same. */
    private void count(AdmittedPod pod, Demand demand) {
        Optional<String> why = demand.pod().incomputable();
        AdmittedPod known = why.isEmpty() ? pod : pod.withoutAmounts();
        counted.add(new Pods(known, PodUsage.of(known), demand.count()));
        if (why.isPresent() && quota.hard().keySet().stream().anyMatch(PodUsage::isAmount)) {
            unknown.add(why.get());
        }
    }

    private QuotaAnswer answer() {
        Optional<QuotaAnswer> lack = unnamed().or(this::tightest);
        if (lack.isPresent()) {
            return lack.get();
        }
        if (counted.isEmpty() && unknown.isEmpty()) {
            return new Room(quota.name());
        }
        boolean isUnreadable = quota.unreadable().stream().anyMatch(this::concernsPods);
        if (isUnreadable) {
            return new Incomputable(
                    quota.name(),
                    "its status has no readable number of " + String.join(", ", new TreeSet<>(quota.unreadable())));
        }
        return unknown.isEmpty() ? new Room(quota.name()) : new Incomputable(quota.name(), unknown.get(0));
    }

    private boolean concernsPods(String resource) {
        return TO_BE_NAMED.contains(resource)
                || counted.stream().anyMatch(pods -> pods.usage().has(resource));
    }

    private Optional<QuotaAnswer> unnamed() {
        for (String resource : TO_BE_NAMED) {
            if (quota.hard().containsKey(resource)) {
                Optional<String> container = counted.stream()
                        .flatMap(pods -> pods.pod().all())
                        .filter(one -> !names(one, resource))
                        .map(ContainerNeeds::name)
                        .findFirst();
                if (container.isPresent()) {
                    return Optional.of(new Unnamed(quota.name(), resource, container.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean names(ContainerNeeds container, String resource) {
        String name = resource.substring(resource.indexOf('.') + 1);
        return (resource.startsWith("limits.") ? container.limits() : container.requests()).containsKey(name);
    }

    /** The resource that leaves room for the fewest pods; among equals the first by name. */
    private Optional<QuotaAnswer> tightest() {
        return new TreeSet<>(quota.hard().keySet())
                .stream()
                        .flatMap(resource -> tooLittle(resource).stream())
                        .min((first, second) -> Integer.compare(first.pods(), second.pods()))
                        .map(QuotaAnswer.class::cast);
    }

    private Optional<TooLittle> tooLittle(String resource) {
        BigDecimal hard = quota.hard().get(resource);
        BigDecimal used = quota.used().get(resource);
        if (hard == null
                || used == null
                || counted.stream().noneMatch(pods -> pods.usage().has(resource))) {
            return Optional.empty();
        }
        BigDecimal needed = counted.stream()
                .map(pods -> pods.usage().of(resource).multiply(BigDecimal.valueOf(pods.count())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (used.add(needed).compareTo(hard) <= 0) {
            return Optional.empty();
        }
        int wanted = counted.stream().mapToInt(Pods::count).sum();
        return Optional.of(
                new TooLittle(quota.name(), resource, hard, used, needed, fitting(resource, hard, used), wanted));
    }

    /** How many pods fit one after the other, in the order of the demands. */
    private int fitting(String resource, BigDecimal hard, BigDecimal used) {
        BigDecimal free = hard.subtract(used);
        int fitting = 0;
        for (Pods pods : counted) {
            BigDecimal each = pods.usage().of(resource);
            int fit = free.signum() < 0
                    ? 0
                    : each.signum() == 0
                            ? pods.count()
                            : free.divideToIntegralValue(each)
                                    .min(BigDecimal.valueOf(pods.count()))
                                    .intValue();
            fitting += fit;
            free = free.subtract(each.multiply(BigDecimal.valueOf(fit)));
        }
        return fitting;
    }

    /** All answers that are not room, the one with room for the fewest pods first. */
    public static List<QuotaAnswer> lacks(List<QuotaAnswer> answers) {
        return answers.stream()
                .filter(answer -> answer instanceof TooLittle || answer instanceof Unnamed)
                .sorted((first, second) -> Integer.compare(room(first), room(second)))
                .toList();
    }

    private static int room(QuotaAnswer answer) {
        return answer instanceof TooLittle tight ? tight.pods() : 0;
    }

    /** The quotas whose numbers cannot be computed. */
    public static Stream<Incomputable> incomputable(List<QuotaAnswer> answers) {
        return answers.stream().filter(Incomputable.class::isInstance).map(Incomputable.class::cast);
    }
}
