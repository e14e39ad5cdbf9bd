package io.tidewatch.model;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values by target, in the order of the targets. A target is found by its hash: each stage of a pass looks every target up
 * several times, and a search tree of ten thousand targets compares about fourteen names each time. Unmodifiable.
 */
@SuppressWarnings("JdkObsolete") // the records of a pass hand over a SortedMap
public final class TargetMap<V> extends AbstractMap<Target, V> implements SortedMap<Target, V> {

    private final Map<Target, V> inOrder;

    private TargetMap(Map<Target, V> inOrder) {
        this.inOrder = Collections.unmodifiableMap(inOrder);
    }

    /** A copy of a map in any order. A map whose targets come in their order is not sorted again. */
    public static <V> TargetMap<V> copyOf(Map<Target, V> values) {
        if (values instanceof TargetMap<V> copied) {
            return copied;
        }
        return new TargetMap<>(new LinkedHashMap<>(isInOrder(values.keySet()) ? values : new TreeMap<>(values)));
    }

    private static boolean isInOrder(Set<Target> targets) {
        Target before = null;
        for (Target target : targets) {
            if (before != null && before.compareTo(target) >= 0) {
                return false;
            }
            before = target;
        }
        return true;
    }

    @Override
    public @Nullable V get(Object target) {
        return inOrder.get(target);
    }

    @Override
    public boolean containsKey(Object target) {
        return inOrder.containsKey(target);
    }

    @Override
    public Set<Entry<Target, V>> entrySet() {
        return inOrder.entrySet();
    }

    @Override
    public Set<Target> keySet() {
        return inOrder.keySet();
    }

    /** The natural order of targets. */
    @Override
    public @Nullable Comparator<? super Target> comparator() {
        return null;
    }

    @Override
    public SortedMap<Target, V> subMap(Target from, Target to) {
        return tree().subMap(from, to);
    }

    @Override
    public SortedMap<Target, V> headMap(Target to) {
        return tree().headMap(to);
    }

    @Override
    public SortedMap<Target, V> tailMap(Target from) {
        return tree().tailMap(from);
    }

    @Override
    public Target firstKey() {
        return tree().firstKey();
    }

    @Override
    public Target lastKey() {
        return tree().lastKey();
    }

    private SortedMap<Target, V> tree() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(inOrder));
    }
}
