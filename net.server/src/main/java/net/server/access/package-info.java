/** Whom a server serves: filters of addresses, and the reasons why a peer is refused. */
package net.server.access;
