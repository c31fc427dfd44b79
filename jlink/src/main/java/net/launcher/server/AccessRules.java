package net.launcher.server;

import net.server.access.AddressFilter;
import net.server.access.AddressSet;

import java.io.IOException;
import java.security.Security;
import java.util.List;

/**
 * Whom a server serves: what {@code --allow} and {@code --deny} list. Files are read and names are
 * looked up at each load, so that one after a signal has what is new.
 */
public final class AccessRules {
    private final AccessList allow;
    private final AccessList deny;

    /**
     * Creates rules; nothing is read or looked up.
     *
     * @param allow addresses, blocks, names and {@code @FILE}s; none for everybody
     * @param deny the same; none for nobody
     * @throws IllegalArgumentException if one is none of these
     */
    AccessRules(List<String> allow, List<String> deny) {
        this.allow = new AccessList("--allow", allow);
        this.deny = new AccessList("--deny", deny);
    }

    /** Tells whether there are any, or else everybody is served. */
    boolean isGiven() {
        return !allow.isEmpty() || !deny.isEmpty();
    }

    /** Tells whether another load may have another outcome. */
    boolean needsReload() {
        return allow.needsReload() || deny.needsReload();
    }

    /**
     * Returns the filter as it is now. Whoever is in both lists is not served; a list that is given
     * and turns out to be empty lists nobody, also where it says who may come.
     *
     * @throws IllegalArgumentException if a file cannot be read, or has an entry that is not valid;
     *     no name is looked up then
     * @throws java.net.UnknownHostException if a name is not known
     * @throws java.io.InterruptedIOException if the thread is interrupted while a file is read
     */
    public AddressFilter load() throws IOException {
        if (needsReload()) {
            // The JDK keeps what it has looked up for half a minute; here, all that is new counts.
            Security.setProperty("networkaddress.cache.ttl", "0");
            Security.setProperty("networkaddress.cache.negative.ttl", "0");
        }
        if (!isGiven()) {
            return AddressFilter.PERMIT_ALL;
        }
        AccessList allowed = allow.read();
        AccessList denied = deny.read();
        return new AddressFilter(
                allow.isEmpty() ? AddressSet.ALL : allowed.resolve(), denied.resolve());
    }
}
