/**
 * TCP and UDP servers: {@code start} returns a running server, {@code close} ends it. Whom it
 * serves is an {@link net.server.access.AddressFilter}.
 *
 * <p>No method takes or returns {@code null}. Nothing is printed; a {@link
 * net.server.ServerListener} is told what happens.
 */
package net.server;
