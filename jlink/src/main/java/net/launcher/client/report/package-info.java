/** Reports of client runs as text, JSON and raw bytes, and thresholds. */
package net.launcher.client.report;
