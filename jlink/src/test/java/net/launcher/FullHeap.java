package net.launcher;

/** A program whose heap has no room for a single object when it fails. */
final class FullHeap {
    private static final int LARGEST_LENGTH = 1 << 16;

    /** Each holds the one before. */
    private static volatile Object[] last;

    private FullHeap() {}

    public static void main(String... args) {
        FatalExit fatalExit = new FatalExit("full-heap");
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> fatalExit.exit(e));
        int length = LARGEST_LENGTH;
        while (true) {
            try {
                Object[] next = new Object[length];
                next[0] = last;
                last = next;
            } catch (OutOfMemoryError e) {
                if (length == 1) {
                    throw e;
                }
                length /= 2;
            }
        }
    }
}
