/** Output of the launchers: formats, escaping, diagnostics, and files. */
package net.launcher.output;
