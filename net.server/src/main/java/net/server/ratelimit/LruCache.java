package net.server.ratelimit;

import java.util.LinkedHashMap;
import java.util.function.Function;

/**
 * What is remembered of those who came last, so that not even forged addresses take more than so
 * much memory: the one longest silent is forgotten first. For one thread.
 */
public final class LruCache<K, V> {
    private final int max;
    private final Function<? super K, ? extends V> first;

    /** In the order in which they were last asked for. */
    private final LinkedHashMap<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    /** Remembers so many, each beginning with what a function returns. */
    public LruCache(int max, Function<? super K, ? extends V> first) {
        this.max = max;
        this.first = first;
    }

    /** Returns what is remembered, or its beginning. */
    public V get(K key) {
        V value = values.computeIfAbsent(key, first);
        if (values.size() > max) {
            values.pollFirstEntry();
        }
        return value;
    }
}
