/** The command line: options and operands, help, and exit statuses. */
package net.launcher.command;
