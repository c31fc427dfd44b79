/** What clients write of their runs, and what is measured against thresholds. */
package net.launcher.client.report;
