/** Event loop with its acceptors, connections, timeouts and connection limits. */
package net.server.loop;
