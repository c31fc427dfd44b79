/**
 * TCP and UDP clients. An {@link net.client.Exchange} is returned only when it succeeded as a
 * whole; everything else is an {@link net.client.ExchangeException}, which says why and keeps what
 * had arrived.
 *
 * <p>No method takes or returns {@code null}. Nothing is printed.
 */
package net.client;
