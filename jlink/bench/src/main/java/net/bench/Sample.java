package net.bench;

import java.util.Map;

/**
 * What one measurement of one contender gave.
 *
 * @param measure what was measured
 * @param contender of what program
 * @param load at how many clients, connections or datagrams under way; 0 where there is no number
 * @param round from 1
 * @param values by name, with the unit at its end
 */
record Sample(String measure, String contender, int load, int round, Map<String, Double> values) {}
