/** The command line, events and reports of servers. */
package net.launcher.server;
