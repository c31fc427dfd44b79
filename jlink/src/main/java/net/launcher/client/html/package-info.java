/** The page of a run: one HTML file, with charts and tables, and nothing else needed to read it. */
package net.launcher.client.html;
