/** What times come to: histograms, percentiles, spread, jitter. Knows nothing of sockets. */
package net.client.measure;
