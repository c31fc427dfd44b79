package net.server.access;

import net.protocol.Endpoint;

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
 * The addresses of one family that start with the same bits (RFC 4632, section 3.1; RFC 4291,
 * section 2.3), written as people do:
 *
 * <pre>
 * block   = address ["%" zone] ["/" length]    ; zone before length: RFC 4007, section 11.7
 * address = IPv4 of four numbers, or IPv6      ; never a name
 * zone    = name or number of an interface     ; a name must be this machine's
 * length  = 0 to 32 for IPv4, 0 to 128 for IPv6; without it the block is the one address
 * </pre>
 *
 * <p>{@code 0.0.0.0/0} is everybody over IPv4 and {@code ::/0} everybody over IPv6. An IPv6 address
 * that holds a mapped IPv4 address (RFC 4291, section 2.5.5.2) is that IPv4 address, here as in
 * {@link InetAddress}. Only link-local addresses have a zone; a block without one matches all.
 * Immutable; nothing is looked up but the number of an interface, when its name is parsed.
 */
public final class CidrBlock {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int MAPPED_BITS = 96;
    private static final int MAX_SHOWN_LENGTH = 64;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,9}");

    /** By family, zone and address; a block comes before those inside it. */
    static final Comparator<CidrBlock> ORDER = CidrBlock::compare;

    private final int bits;
    private final long high;
    private final long low;
    private final int prefixLength;
    private final int scopeId;

    /** The address is left-aligned; bits past the prefix are cleared. */
    private CidrBlock(int bits, long high, long low, int prefixLength, int scopeId) {
        this.bits = bits;
        this.high = high & mask(prefixLength);
        this.low = low & mask(prefixLength - Long.SIZE);
        this.prefixLength = prefixLength;
        this.scopeId = scopeId;
    }

    /** Without steps of their own for each field: this is done for each datagram. */
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
     * Returns the block of one address, limited to its zone if it is link-local and has one.
     *
     * @param address of either family
     * @return a block of the longest prefix
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
     * Returns the block that a text names. Bits past the prefix are cleared: {@code 10.1.2.3/8} is
     * {@code 10.0.0.0/8}.
     *
     * @param text of the form above
     * @return the block
     * @throws IllegalArgumentException if the text is of another form; the message says what it
     *     must be
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
            throw refusal("prefix length must be from 0 to " + max, text);
        }
        if (max > one.bits && slash >= 0) {
            int rest = length - MAPPED_BITS;
            String instead = rest < 0 ? "" : ", such as " + one.prefixed(rest, 0);
            throw refusal("block of mapped addresses must be written as IPv4" + instead, text);
        }
        CidrBlock block = one.prefixed(Math.min(length, one.bits), 0);
        if (percent < 0) {
            return block;
        }
        if (!block.isLinkLocal()) {
            throw refusal("zone must be that of link-local addresses", text);
        }
        return block.prefixed(length, parseZone(host.substring(percent + 1), text));
    }

    private static CidrBlock parseAddress(String digits, String text) {
        try {
            Endpoint endpoint = new Endpoint(digits, 0);
            if (endpoint.isNumeric() && !digits.equals(Endpoint.ANY_HOST)) {
                return of(endpoint.resolve().getFirst().getAddress());
            }
        } catch (IllegalArgumentException | IOException expected) {
            // Refused as a name is.
        }
        throw refusal("address must be IPv4 of four numbers or IPv6 in digits", text);
    }

    /** Takes a number as it is: its interface may come later. */
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
            // Refused as a name that no interface has.
        }
        throw refusal("zone must be an interface of this machine", text);
    }

    /** Returns -1 for what is no number in ASCII digits, without a sign or leading zeros. */
    private static int number(String text) {
        long value = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
        return value <= Integer.MAX_VALUE ? (int) value : -1;
    }

    /** Returns an error that shows no more of a text than a line takes. */
    static IllegalArgumentException refusal(String rule, String text) {
        int length = text.length();
        String shown =
                length <= MAX_SHOWN_LENGTH
                        ? text
                        : text.substring(0, MAX_SHOWN_LENGTH) + "... (" + length + " characters)";
        return new IllegalArgumentException(rule + ": " + shown);
    }

    /** Returns a block around the address that this one starts with. */
    private CidrBlock prefixed(int prefixLength, int scopeId) {
        return new CidrBlock(bits, high, low, prefixLength, scopeId);
    }

    /** In fe80::/10: systems tell the zone of no other peers, so a zone would match none. */
    private boolean isLinkLocal() {
        return bits == IPV6_BITS && high >>> 54 == 0xFE80 >>> 6;
    }

    /** Tells whether this is limited to one zone. */
    boolean isZoned() {
        return scopeId != 0;
    }

    /** Returns the same block of all zones. */
    CidrBlock ofAllZones() {
        return prefixed(prefixLength, 0);
    }

    /**
     * Tells whether an address is in this block.
     *
     * @param address of either family
     * @return true if the family, the first bits and the zone, where this has one, are the same
     */
    public boolean contains(InetAddress address) {
        return contains(of(address));
    }

    /** Tells whether all addresses of another block are in this one. */
    boolean contains(CidrBlock other) {
        return bits == other.bits
                && prefixLength <= other.prefixLength
                && (scopeId == 0 || scopeId == other.scopeId)
                && high == (other.high & mask(prefixLength))
                && low == (other.low & mask(prefixLength - Long.SIZE));
    }

    /** Returns a mask of so many ones at the left. */
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
     * Returns the block as {@link #parse} takes it.
     *
     * @return the address, IPv6 as RFC 5952 has it; the number of the zone, if there is one; the
     *     length, unless the block is one address
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
