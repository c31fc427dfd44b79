/** The command line: options and operands, their values, help, and exit statuses. */
package net.launcher.command;
