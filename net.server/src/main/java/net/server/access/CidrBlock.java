package net.server.access;

import net.protocol.Endpoint;
import net.protocol.internal.Preconditions;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A block of addresses with the same prefix (RFC 4632, section 3.1; RFC 4291, section 2.3). As
 * text:
 *
 * <pre>
 * block   = address ["%" zone] ["/" length]    ; RFC 4007, section 11.7
 * address = IPv4 of four numbers, or IPv6      ; no host name
 * zone    = name or number of an interface     ; a name must exist on this machine
 * length  = 0 to 32 for IPv4, 0 to 128 for IPv6; default: a single address
 * </pre>
 *
 * <p>{@code 0.0.0.0/0} is all of IPv4 and {@code ::/0} all of IPv6. An IPv4-mapped address (RFC
 * 4291, section 2.5.5.2) is the IPv4 address, as in {@link InetAddress}. Only link-local addresses
 * have a zone; a block without a zone matches all zones. Immutable.
 */
public final class CidrBlock {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int MAPPED_BITS = 96;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

    /** Order by family, zone and address; a block precedes the blocks inside it. */
    static final Comparator<CidrBlock> ORDER = CidrBlock::compare;

    private final int bits;
    private final long high;
    private final long low;
    private final int prefixLength;
    private final int scopeId;

    /** Creates a block from a left-aligned address, with the bits after the prefix cleared. */
    private CidrBlock(int bits, long high, long low, int prefixLength, int scopeId) {
        this.bits = bits;
        this.high = high & mask(prefixLength);
        this.low = low & mask(prefixLength - Long.SIZE);
        this.prefixLength = prefixLength;
        this.scopeId = scopeId;
    }

    /** Compares without the overhead of comparator chains, as it runs for each datagram. */
    private static int compare(CidrBlock one, CidrBlock other) {
        if (one.bits != other.bits) {
            return Integer.compare(one.bits, other.bits);
        }
        if (one.scopeId != other.scopeId) {
            return Integer.compare(one.scopeId, other.scopeId);
        }
        if (one.high != other.high) {
            return Long.compareUnsigned(one.high, other.high);
        }
        if (one.low != other.low) {
            return Long.compareUnsigned(one.low, other.low);
        }
        return Integer.compare(one.prefixLength, other.prefixLength);
    }

    /**
     * Returns the block of a single address, with its zone if it is link-local.
     *
     * @param address of either family
     * @return a block with the maximum prefix length
     */
    public static CidrBlock of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        if (!(address instanceof Inet6Address ipv6)) {
            return ipv4(bytes.getInt());
        }
        long high = bytes.getLong();
        long low = bytes.getLong();
        if (high == 0 && low >>> IPV4_BITS == 0xFFFF) {
            return ipv4(low);
        }
        int scopeId = ipv6.isLinkLocalAddress() ? ipv6.getScopeId() : 0;
        return new CidrBlock(IPV6_BITS, high, low, IPV6_BITS, scopeId);
    }

    private static CidrBlock ipv4(long address) {
        return new CidrBlock(IPV4_BITS, address << IPV4_BITS, 0, IPV4_BITS, 0);
    }

    /**
     * Parses a block. Bits after the prefix are cleared: {@code 10.1.2.3/8} is {@code 10.0.0.0/8}.
     *
     * @param text of the form above
     * @return the block
     * @throws IllegalArgumentException if the text has another form; the message names the rule
     */
    public static CidrBlock parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        int percent = host.indexOf('%');
        String digits = percent < 0 ? host : host.substring(0, percent);
        CidrBlock one = parseAddress(digits, text);
        int max = digits.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS;
        int length = slash < 0 ? max : number(text.substring(slash + 1));
        if (length < 0 || length > max) {
            throw rejection("prefix length must be from 0 to " + max, text);
        }
        if (max > one.bits && slash >= 0) {
            int rest = length - MAPPED_BITS;
            String instead = rest < 0 ? "" : ", such as " + one.withPrefix(rest, 0);
            throw rejection("block of mapped addresses must be written as IPv4" + instead, text);
        }
        CidrBlock block = one.withPrefix(Math.min(length, one.bits), 0);
        if (percent < 0) {
            return block;
        }
        if (!block.isLinkLocal()) {
            throw rejection("zone must be given only for link-local addresses", text);
        }
        return block.withPrefix(length, parseZone(host.substring(percent + 1), text));
    }

    private static CidrBlock parseAddress(String digits, String text) {
        try {
            Endpoint endpoint = new Endpoint(digits, 0);
            if (endpoint.isNumeric() && !digits.equals(Endpoint.ANY_HOST)) {
                return of(endpoint.resolve().getFirst().getAddress());
            }
        } catch (IllegalArgumentException | IOException expected) {
            // Rejected below, like a host name.
        }
        throw rejection("address must be a numeric IPv4 or IPv6 address", text);
    }

    /** Accepts any number, since the interface may be added later. */
    private static int parseZone(String zone, String text) {
        int number = number(zone);
        if (number > 0) {
            return number;
        }
        try {
            NetworkInterface named = NetworkInterface.getByName(zone);
            if (named != null && named.getIndex() > 0) {
                return named.getIndex();
            }
        } catch (SocketException expected) {
            // Rejected below, like an unknown name.
        }
        throw rejection("zone must be an interface of this machine", text);
    }

    /** Returns a number, or -1 unless the text is ASCII digits without sign or leading zeros. */
    private static int number(String text) {
        long value = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
        return value <= Integer.MAX_VALUE ? (int) value : -1;
    }

    /** Returns an error that shows the text, shortened to a line. */
    static IllegalArgumentException rejection(String rule, String text) {
        return new IllegalArgumentException(rule + ": " + Preconditions.shown(text));
    }

    /** Returns a block with another prefix length and zone. */
    private CidrBlock withPrefix(int prefixLength, int scopeId) {
        return new CidrBlock(bits, high, low, prefixLength, scopeId);
    }

    /** Returns whether this is in fe80::/10; systems report a zone only for such peers. */
    private boolean isLinkLocal() {
        return bits == IPV6_BITS && high >>> 54 == 0xFE80 >>> 6;
    }

    /** Returns whether this is limited to one zone. */
    boolean isZoned() {
        return scopeId != 0;
    }

    /** Returns the same block for all zones. */
    CidrBlock ofAllZones() {
        return withPrefix(prefixLength, 0);
    }

    /**
     * Returns whether an address is in this block.
     *
     * @param address of either family
     * @return true if the family, the prefix and the zone, if this has one, are the same
     */
    public boolean contains(InetAddress address) {
        return contains(of(address));
    }

    /** Returns whether all addresses of another block are in this one. */
    boolean contains(CidrBlock other) {
        return bits == other.bits
                && prefixLength <= other.prefixLength
                && (scopeId == 0 || scopeId == other.scopeId)
                && high == (other.high & mask(prefixLength))
                && low == (other.low & mask(prefixLength - Long.SIZE));
    }

    /** Returns a mask with the given number of leading ones. */
    private static long mask(int ones) {
        return ones <= 0 ? 0 : -1L << Math.max(Long.SIZE - ones, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CidrBlock block && ORDER.compare(this, block) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(bits, high, low, prefixLength, scopeId);
    }

    /**
     * Returns the text form.
     *
     * @return the address, IPv6 as in RFC 5952; the number of the zone, if there is one; the
     *     length, except for a single address
     */
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        InetAddress address;
        try {
            address = InetAddress.getByAddress(Arrays.copyOf(bytes, bits / Byte.SIZE));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
        return Endpoint.of(new InetSocketAddress(address, 0)).host()
                + (scopeId == 0 ? "" : "%" + scopeId)
                + (prefixLength == bits ? "" : "/" + prefixLength);
    }
}
