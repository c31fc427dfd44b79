package net.server.access;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of addresses, made of blocks:
 *
 * <pre>
 * set = [ block *( "," block ) ]    ; the blocks as {@link CidrBlock} has them; no blanks
 * </pre>
 *
 * <p>Neither the order of the blocks makes a difference, nor those inside another one, which are
 * dropped. {@code 0.0.0.0/0} is everybody over IPv4 and {@code ::/0} everybody over IPv6; the set
 * of no block holds nobody. Immutable, and fast with many blocks.
 */
public final class AddressSet {
    /** All addresses of both families: {@code 0.0.0.0/0,::/0}. */
    public static final AddressSet EVERYBODY = parse("0.0.0.0/0,::/0");

    /** No address. */
    public static final AddressSet NOBODY = of(List.of());

    /** In order, and none inside another. */
    private final List<CidrBlock> blocks;

    private AddressSet(List<CidrBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * Returns the set of all addresses in some blocks.
     *
     * @param blocks in any order; none for nobody
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
     * Returns the set that a text names.
     *
     * @param text of the form above; the empty one names nobody
     * @return a set
     * @throws IllegalArgumentException if one of the blocks is none; the message shows which
     */
    public static AddressSet parse(String text) {
        List<CidrBlock> blocks = new ArrayList<>();
        for (String block : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            blocks.add(CidrBlock.parse(block));
        }
        return of(blocks);
    }

    /**
     * Tells whether an address is in one of the blocks.
     *
     * @param address of either family
     * @return true if it is
     */
    public boolean contains(InetAddress address) {
        return covers(CidrBlock.of(address));
    }

    /** Tells whether all addresses of a block are in one of these. */
    boolean covers(CidrBlock block) {
        return contain(blocks, block);
    }

    /** Looks among those of its zone, and those of all zones. */
    private static boolean contain(List<CidrBlock> blocks, CidrBlock block) {
        return containFloor(blocks, block)
                || block.isZoned() && containFloor(blocks, block.ofAllZones());
    }

    /** Blocks are nested or disjoint: where none is nested, only the last up to it can hold it. */
    private static boolean containFloor(List<CidrBlock> blocks, CidrBlock block) {
        int found = Collections.binarySearch(blocks, block, CidrBlock.ORDER);
        int floor = found < 0 ? -found - 2 : found;
        return floor >= 0 && blocks.get(floor).contains(block);
    }

    /**
     * Tells whether another set is of the same blocks, those inside another one left out.
     *
     * @param other any object
     * @return true if it is
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
     * Returns the set as {@link #parse} takes it.
     *
     * @return the blocks in order, IPv4 first, those inside another one left out
     */
    @Override
    public String toString() {
        return blocks.stream().map(CidrBlock::toString).collect(Collectors.joining(","));
    }
}
