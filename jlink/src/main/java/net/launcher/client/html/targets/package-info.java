/** HTML report of a run with several targets: a table and small charts with common axes. */
package net.launcher.client.html.targets;
