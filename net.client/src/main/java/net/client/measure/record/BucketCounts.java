package net.client.measure.record;

import net.client.measure.Histogram.Bucket;

import java.util.ArrayList;
import java.util.List;

/** Counters of the buckets of a scale, allocated in blocks of 512 bytes on first use. */
final class BucketCounts {
    private static final int BLOCK_BITS = 6;
    private static final int BLOCK_SIZE = 1 << BLOCK_BITS;

    private final BucketScale scale;

    /** Null where nothing was counted. */
    private final long[][] blocks;

    BucketCounts(BucketScale scale) {
        this.scale = scale;
        this.blocks = new long[(scale.size() + BLOCK_SIZE - 1) >> BLOCK_BITS][];
    }

    /** Counts a value in its bucket. */
    void add(long nanos) {
        int index = scale.index(nanos);
        block(index >> BLOCK_BITS)[index & BLOCK_SIZE - 1]++;
    }

    private long[] block(int i) {
        if (blocks[i] == null) {
            blocks[i] = new long[BLOCK_SIZE];
        }
        return blocks[i];
    }

    void addAll(BucketCounts other) {
        for (int i = 0; i < blocks.length; i++) {
            for (int j = 0; other.blocks[i] != null && j < BLOCK_SIZE; j++) {
                block(i)[j] += other.blocks[i][j];
            }
        }
    }

    /** Returns the largest value of the bucket that contains a rank, from 1. */
    long highest(long rank) {
        long passed = 0;
        for (int i = 0; i < blocks.length; i++) {
            for (int j = 0; blocks[i] != null && j < BLOCK_SIZE; j++) {
                passed += blocks[i][j];
                if (passed >= rank) {
                    return scale.highest((i << BLOCK_BITS) + j);
                }
            }
        }
        throw new IllegalArgumentException("rank must be at most " + passed + ": " + rank);
    }

    /** Returns the buckets that are not empty, in ascending order. */
    List<Bucket> buckets() {
        List<Bucket> buckets = new ArrayList<>();
        for (int i = 0; i < blocks.length; i++) {
            for (int j = 0; blocks[i] != null && j < BLOCK_SIZE; j++) {
                if (blocks[i][j] > 0) {
                    buckets.add(scale.bucket((i << BLOCK_BITS) + j, blocks[i][j]));
                }
            }
        }
        return buckets;
    }
}
