/** Latency histograms, percentiles, jitter and timelines. */
package net.client.measure;
