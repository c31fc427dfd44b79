/** Figures of a run by name, and the thresholds of {@code --fail-if} on them. */
package net.launcher.client.metric;
