package io.tidewatch.preflight.quota;

import io.tidewatch.model.cluster.LimitRangeView;
import io.tidewatch.model.cluster.Quotas;
import io.tidewatch.model.cluster.ResourceQuotaView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The room in one namespace for all of its raises. A raise that comes later finds what the earlier ones left. Raises at the same
 * instant have the same answer, which is computed once.
 */
public final class NamespaceRoom {

    /** With more instants than these, every raise of the namespace counts for each: the work stays bounded. */
    private static final int INSTANTS = 20;

    private final List<ResourceQuotaView> quotas;
    private final List<LimitRangeView> ranges;
    private final Optional<String> rejected;
    private final NavigableMap<Instant, List<Demand>> raises = new TreeMap<>();
    private final Map<Instant, Optional<QuotaAnswer>> shared = new HashMap<>();

    public NamespaceRoom(Quotas known, String namespace) {
        this.quotas = known.quotasIn(namespace);
        this.ranges = known.limitRangesIn(namespace);
        this.rejected = Optional.ofNullable(known.rejectedIn().get(namespace));
    }

    /** Adds a raise; all are added before the first answer. */
    public void add(Instant at, List<Demand> demands) {
        raises.computeIfAbsent(at, any -> new ArrayList<>()).addAll(demands);
    }

    /** @param own the pods of one of the raises that were added */
    public QuotaState of(Instant at, List<Demand> own) {
        if (own.isEmpty()) {
            return QuotaState.NONE;
        }
        Instant until = raises.size() > INSTANTS ? raises.lastKey() : at;
        boolean isAlone = raises.headMap(until, true).values().stream()
                        .mapToInt(List::size)
                        .sum()
                == own.size();
        return new QuotaState(
                QuotaRoom.of(quotas, ranges, own),
                isAlone ? Optional.empty() : shared.computeIfAbsent(until, this::together),
                rejected);
    }

    private Optional<QuotaAnswer> together(Instant until) {
        List<Demand> all = raises.headMap(until, true).values().stream()
                .flatMap(List::stream)
                .toList();
        return QuotaRoom.lacks(QuotaRoom.of(quotas, ranges, all)).stream().findFirst();
    }
}
