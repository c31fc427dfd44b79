package net.client.internal;

import java.io.Closeable;
import java.io.IOException;

/** Closing without exceptions. */
public final class Closeables {
    private Closeables() {}

    /** Closes a resource that is no longer used, unless it is {@code null}. */
    public static void closeQuietly(Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException expected) {
            // The outcome of the exchange has been reported already.
        }
    }
}
