/** Figures of latencies: summaries, histograms and timelines. */
package net.client.measure;
