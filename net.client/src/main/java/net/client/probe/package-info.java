/** Packet layouts of UDP probes, and the window of those in flight. Not exported. */
package net.client.probe;
