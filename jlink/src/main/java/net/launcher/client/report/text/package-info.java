/** Lines and tables of a client's text output. */
package net.launcher.client.report.text;
