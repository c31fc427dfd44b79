/** Recording of latencies, which the package {@code net.client.measure} summarizes. */
package net.client.measure.record;
