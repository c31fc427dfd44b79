package net.server.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of addresses, given as blocks:
 *
 * <pre>
 * set = [ block *( "," block ) ]    ; each a {@link CidrBlock}; no blanks
 * </pre>
 *
 * <p>The order of the blocks is irrelevant; blocks inside another one are dropped. {@code
 * 0.0.0.0/0} is all of IPv4 and {@code ::/0} all of IPv6; the set without blocks is empty.
 * Immutable; a lookup is a binary search.
 */
public final class AddressSet {
    /** All addresses of both families: {@code 0.0.0.0/0,::/0}. */
    public static final AddressSet ALL = parse("0.0.0.0/0,::/0");

    /** No address. */
    public static final AddressSet NONE = of(List.of());

    /** Sorted; no block is inside another. */
    private final List<CidrBlock> blocks;

    private AddressSet(List<CidrBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * Returns the set of all addresses in the blocks.
     *
     * @param blocks in any order; may be empty
     * @return a set
     */
    public static AddressSet of(Collection<CidrBlock> blocks) {
        List<CidrBlock> sorted = new ArrayList<>(blocks);
        sorted.sort(CidrBlock.ORDER);
        List<CidrBlock> outermost = new ArrayList<>();
        for (CidrBlock block : sorted) {
            if (!contain(outermost, block)) {
                outermost.add(block);
            }
        }
        return new AddressSet(List.copyOf(outermost));
    }

    /**
     * Parses a set.
     *
     * @param text of the form above; empty for the empty set
     * @return a set
     * @throws IllegalArgumentException if a block is invalid; the message shows it
     */
    public static AddressSet parse(String text) {
        List<CidrBlock> blocks = new ArrayList<>();
        for (String block : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            blocks.add(CidrBlock.parse(block));
        }
        return of(blocks);
    }

    /**
     * Returns whether an address is in one of the blocks.
     *
     * @param address of either family
     * @return true if it is
     */
    public boolean contains(InetAddress address) {
        return covers(CidrBlock.of(address));
    }

    /** Returns whether one of the blocks contains another block. */
    boolean covers(CidrBlock block) {
        return contain(blocks, block);
    }

    /** Searches the blocks of the zone, and those of all zones. */
    private static boolean contain(List<CidrBlock> blocks, CidrBlock block) {
        return containFloor(blocks, block)
                || block.isZoned() && containFloor(blocks, block.ofAllZones());
    }

    /**
     * Blocks are nested or disjoint, so that only the greatest one not above the block can contain
     * it.
     */
    private static boolean containFloor(List<CidrBlock> blocks, CidrBlock block) {
        int found = Collections.binarySearch(blocks, block, CidrBlock.ORDER);
        int floor = found < 0 ? -found - 2 : found;
        return floor >= 0 && blocks.get(floor).contains(block);
    }

    /**
     * Returns whether another set has the same blocks, ignoring blocks inside another one.
     *
     * @param other any object
     * @return true if its blocks are the same
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet set && blocks.equals(set.blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }

    /**
     * Returns the text form.
     *
     * @return the blocks, sorted, IPv4 first, without those inside another one
     */
    @Override
    public String toString() {
        return blocks.stream().map(CidrBlock::toString).collect(Collectors.joining(","));
    }
}
