/** Reports of client runs as text, JSON and raw bytes. */
package net.launcher.client.report;
