package net.bench;

import java.util.List;

/**
 * A server of the comparison.
 *
 * @param name as printed on the results page
 * @param command in which PORT stands for the port, also within a word
 * @param addresses number of addresses, from 127.0.0.1 on, that it listens on
 * @param loads numbers of concurrent clients to measure it with
 * @param isFresh whether it is restarted for each measurement, because its child processes outlive
 *     their clients, or because it exits if a client sends nothing
 */
record Contender(
        String name, List<String> command, int addresses, List<Integer> loads, boolean isFresh) {
    /** All numbers of clients, for the plots. */
    static final List<Integer> ALL_LOADS = List.of(1, 4, 16, 64, 250, 1000);

    private static final List<Integer> SOME_LOADS = List.of(1, 64, 1000);
    private static final int ADDRESSES = 16;

    static Contender of(String name, List<String> command) {
        return new Contender(name, command, ADDRESSES, ALL_LOADS, false);
    }

    /** Returns a server that starts a process per client. */
    static Contender forking(String name, List<String> command) {
        return new Contender(name, command, ADDRESSES, SOME_LOADS, true);
    }

    /** Returns a server with a single address, which serves one client at a time. */
    static Contender simple(String name, List<String> command) {
        return new Contender(name, command, 1, List.of(1), true);
    }
}
