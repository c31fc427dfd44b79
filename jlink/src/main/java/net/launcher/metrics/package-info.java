/** The metrics endpoint of a launcher: counters and histograms for Prometheus over HTTP. */
package net.launcher.metrics;
