package net.launcher.server;

import net.launcher.command.Parser;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.server.access.AddressSet;
import net.server.access.CidrBlock;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The entries of {@code --allow} or {@code --deny}: CIDR blocks, host names and files. */
final class AccessList {
    /** A host name, and its place as the prefix of error messages. */
    private record Name(String place, Endpoint endpoint) {
        String failure(String reason) {
            return Parser.shown(place + ": " + reason + ": " + endpoint.host());
        }
    }

    private static final String FILE_PREFIX = "@";

    /** Two lists of this size fit into the default heap. */
    private static final int MAX_BLOCKS = 500_000;

    /** Limited because each name is looked up. */
    private static final int MAX_NAMES = 1000;

    private final String option;
    private final List<CidrBlock> blocks;
    private final List<Name> names;
    private final List<String> files = new ArrayList<>();

    AccessList(String option, List<String> entries) {
        this(option, List.of(), List.of());
        for (String entry : entries) {
            if (entry.equals(FILE_PREFIX)) {
                throw new IllegalArgumentException(option + " must name a file: " + entry);
            } else if (entry.startsWith(FILE_PREFIX)) {
                files.add(entry.substring(FILE_PREFIX.length()));
            } else {
                add(option, entry);
            }
        }
    }

    private AccessList(String option, List<CidrBlock> blocks, List<Name> names) {
        this.option = option;
        this.blocks = new ArrayList<>(blocks);
        this.names = new ArrayList<>(names);
    }

    private void add(String place, String entry) {
        try {
            if (entry.startsWith(FILE_PREFIX)) {
                throw new IllegalArgumentException("file must not include another file: " + entry);
            }
            // Not a host name; CidrBlock has the better error message.
            if (entry.indexOf('/') >= 0 || entry.indexOf(':') >= 0) {
                blocks.add(CidrBlock.parse(entry));
                requireCapacity();
                return;
            }
            Endpoint endpoint = host(entry);
            if (endpoint.isNumeric()) {
                blocks.add(CidrBlock.parse(entry));
            } else {
                names.add(new Name(place, endpoint));
            }
            requireCapacity();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Parser.shown(place + ": " + e.getMessage()), e);
        }
    }

    /** Limits the list, since a reload that fills the heap would end a running server. */
    private void requireCapacity() {
        if (blocks.size() > MAX_BLOCKS || names.size() > MAX_NAMES) {
            throw new IllegalArgumentException(
                    "list must have at most "
                            + MAX_BLOCKS
                            + " addresses and blocks, and "
                            + MAX_NAMES
                            + " names");
        }
    }

    /** Replaces the error message of {@link Endpoint}, which is about ports. */
    private static Endpoint host(String entry) {
        try {
            return new Endpoint(entry, 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "entry must be an address, a block such as 10.0.0.0/8, or a name: " + entry, e);
        }
    }

    boolean isEmpty() {
        return blocks.isEmpty() && !needsReload();
    }

    boolean needsReload() {
        return !names.isEmpty() || !files.isEmpty();
    }

    /**
     * Returns a copy of this list with its files read.
     *
     * @throws IllegalArgumentException if one cannot be read, or has an entry that is not valid
     */
    AccessList read() throws InterruptedIOException {
        AccessList all = new AccessList(option, blocks, names);
        for (String file : files) {
            all.addAll(file);
        }
        return all;
    }

    private void addAll(String path) throws InterruptedIOException {
        RuleFile file = RuleFile.read(option, path, RuleFile.TIMEOUT);
        while (file.next()) {
            add(file.place(), file.entry());
        }
    }

    /** Looks up the names, and returns all addresses, except those of files not read. */
    AddressSet resolve() throws IOException {
        List<CidrBlock> all = new ArrayList<>(blocks);
        for (Name name : names) {
            for (InetSocketAddress address : addresses(name)) {
                all.add(CidrBlock.of(address.getAddress()));
            }
        }
        return AddressSet.of(all);
    }

    private static List<InetSocketAddress> addresses(Name name) throws IOException {
        try {
            return name.endpoint().resolve(AddressFamily.ANY, Endpoint.LOOKUP_TIMEOUT);
        } catch (UnknownHostException e) {
            throw failure(new UnknownHostException(name.failure(e.getMessage())), e);
        } catch (SocketTimeoutException e) {
            throw failure(new SocketTimeoutException(name.failure("lookup timed out")), e);
        }
    }

    private static IOException failure(IOException failure, IOException cause) {
        failure.initCause(cause);
        return failure;
    }
}
