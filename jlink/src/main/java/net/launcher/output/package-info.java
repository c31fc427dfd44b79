/** What the launchers write: the forms of results, escaping, diagnostics, and the output itself. */
package net.launcher.output;
