package net.server.ratelimit;

import java.util.LinkedHashMap;
import java.util.function.Function;

/**
 * A bounded map that drops the least recently used entry. Keys may be forged source addresses,
 * which hence cannot exhaust the memory. Not thread-safe.
 */
public final class LruCache<K, V> {
    private final int maxEntries;
    private final Function<? super K, ? extends V> initialValue;

    /** In access order. */
    private final LinkedHashMap<K, V> values = new LinkedHashMap<>(16, 0.75f, true);

    /** Creates an empty cache; a function returns the initial value of a key. */
    public LruCache(int maxEntries, Function<? super K, ? extends V> initialValue) {
        this.maxEntries = maxEntries;
        this.initialValue = initialValue;
    }

    /** Returns the value of a key, which is added if it is absent. */
    public V get(K key) {
        V value = values.computeIfAbsent(key, initialValue);
        if (values.size() > maxEntries) {
            values.pollFirstEntry();
        }
        return value;
    }
}
