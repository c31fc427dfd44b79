package net.launcher.command;

import java.security.Security;

/** The JDK's cache of name lookups, in which results and failures remain for seconds. */
public final class NameCache {
    private NameCache() {}

    /** Disables the cache, for programs that repeat lookups; must precede the first lookup. */
    public static void disable() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }
}
