/** Event loop with its acceptors, connections and timeouts. */
package net.server.loop;
