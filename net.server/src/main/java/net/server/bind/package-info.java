/** From endpoints to bound sockets, and what the system and the JDK tell of those. */
package net.server.bind;
