package net.bench;

import java.util.Map;

/**
 * The result of one measurement of one contender.
 *
 * @param measure the name of the measurement
 * @param contender the name of the program
 * @param load the number of clients, connections or datagrams in flight; 0 if not applicable
 * @param round the round, from 1
 * @param values the values by name, which ends with the unit
 */
record Sample(String measure, String contender, int load, int round, Map<String, Double> values) {}
