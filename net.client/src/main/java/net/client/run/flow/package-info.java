/** Flows: the connections and sockets of a run, and the checks of what they receive. */
package net.client.run.flow;
