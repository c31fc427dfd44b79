package net.bench;

import java.util.List;

/**
 * A server that takes part.
 *
 * @param name as the page spells it
 * @param command how to start it; a word that is PORT stands for the port, also within a word
 * @param addresses at how many addresses, from 127.0.0.1 on, it listens
 * @param loads how many clients it is asked by at once; those it is made for
 * @param isFresh whether it is started anew for each turn: because it starts a process for each
 *     client, some of which are still at work when their clients have gone, or because it ends when
 *     a client says nothing
 */
record Contender(
        String name, List<String> command, int addresses, List<Integer> loads, boolean isFresh) {
    /** From one client to many: a curve. */
    static final List<Integer> ALL_LOADS = List.of(1, 4, 16, 64, 250, 1000);

    private static final List<Integer> SOME_LOADS = List.of(1, 64, 1000);
    private static final int ADDRESSES = 16;

    static Contender of(String name, List<String> command) {
        return new Contender(name, command, ADDRESSES, ALL_LOADS, false);
    }

    /** Returns one that starts processes. */
    static Contender forking(String name, List<String> command) {
        return new Contender(name, command, ADDRESSES, SOME_LOADS, true);
    }

    /** Returns one at a single address, which serves one client at a time. */
    static Contender simple(String name, List<String> command) {
        return new Contender(name, command, 1, List.of(1), true);
    }
}
