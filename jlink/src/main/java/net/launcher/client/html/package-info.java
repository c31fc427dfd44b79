/** HTML report of a run: one self-contained file with charts and tables. */
package net.launcher.client.html;
