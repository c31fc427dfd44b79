package net.launcher;

/** A program that fails when its heap has no room for a single object. */
final class FullHeap {
    private static final int LARGEST_LENGTH = 1 << 16;

    /** A linked list that fills the heap. */
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
