package net.server.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Eviction of the least recently used entry. */
class LruCacheTest {
    private final List<Integer> begun = new ArrayList<>();

    private String begin(int key) {
        begun.add(key);
        return "value of " + key;
    }

    @Test
    void createsEachValueOnce() {
        LruCache<Integer, String> recents = new LruCache<>(3, this::begin);
        String first = recents.get(1);
        assertEquals("value of 1", first);
        recents.get(2);
        recents.get(3);
        assertSame(first, recents.get(1));
        assertEquals(List.of(1, 2, 3), begun);
    }

    @Test
    void dropsTheLeastRecentlyUsedEntry() {
        LruCache<Integer, String> recents = new LruCache<>(3, this::begin);
        for (int key : new int[] {1, 2, 3, 1, 4}) {
            recents.get(key);
        }
        begun.clear();
        for (int key : new int[] {1, 3, 4, 2}) {
            recents.get(key);
        }
        assertEquals(List.of(2), begun, "2 gave way to 4");
        recents.get(3);
        recents.get(1);
        assertEquals(List.of(2, 1), begun, "1 gave way to 2");
    }

    @Test
    void cacheOfOneKeepsTheLastEntry() {
        LruCache<Integer, String> recents = new LruCache<>(1, this::begin);
        for (int key : new int[] {1, 1, 2, 2, 1}) {
            recents.get(key);
        }
        assertEquals(List.of(1, 2, 1), begun);
    }

    /** A key is absent if it was never used, or if too many others were used since. */
    @Test
    void agreesWithAModel() {
        int max = 10;
        Random random = new Random(8);
        LruCache<Integer, String> recents = new LruCache<>(max, this::begin);
        List<Integer> all = new ArrayList<>();
        Map<Integer, Integer> lastIndex = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            int key = random.nextInt(20);
            Integer last = lastIndex.put(key, i);
            boolean isKnown =
                    last != null && all.subList(last + 1, i).stream().distinct().count() < max;
            all.add(key);
            begun.clear();
            recents.get(key);
            assertEquals(isKnown ? List.of() : List.of(key), begun, "call " + i);
        }
    }
}
