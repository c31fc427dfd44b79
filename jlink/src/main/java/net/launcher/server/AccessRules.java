package net.launcher.server;

import net.launcher.command.NameCache;
import net.server.access.AddressFilter;
import net.server.access.AddressSet;

import java.io.IOException;
import java.util.List;

/**
 * The access rules of {@code --allow} and {@code --deny}. Each {@link #load} reads the files and
 * looks up the names again.
 */
public final class AccessRules {
    private final AccessList allow;
    private final AccessList deny;

    /**
     * Creates rules without reading files or looking up names.
     *
     * @param allow addresses, blocks, names and {@code @FILE}s; empty to allow all
     * @param deny addresses, blocks, names and {@code @FILE}s; empty to deny none
     * @throws IllegalArgumentException if an entry is invalid
     */
    AccessRules(List<String> allow, List<String> deny) {
        this.allow = new AccessList("--allow", allow);
        this.deny = new AccessList("--deny", deny);
    }

    /** Returns whether there are any rules. */
    boolean isGiven() {
        return !allow.isEmpty() || !deny.isEmpty();
    }

    /** Returns whether a further load may have a different result. */
    boolean needsReload() {
        return allow.needsReload() || deny.needsReload();
    }

    /**
     * Reads the files, looks up the names, and returns the filter. An address in both lists is
     * denied. An allow list that is given but empty allows no address.
     *
     * @throws IllegalArgumentException if a file cannot be read or has an invalid entry; no name is
     *     looked up then
     * @throws java.net.UnknownHostException if a name is not found, or the resolver failed
     * @throws java.io.InterruptedIOException if the thread is interrupted while a file is read
     */
    public AddressFilter load() throws IOException {
        if (needsReload()) {
            NameCache.disable();
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
