/**
 * TCP and UDP clients, and runs that measure. An {@link net.client.run.Exchange} is told of only
 * when it succeeded as a whole; everything else is an {@link net.client.connect.ExchangeException},
 * which says why and keeps what had arrived. {@link net.client.TcpClient} and {@link
 * net.client.UdpClient} make one; a {@link net.client.Run} makes any number, and returns what they
 * came to.
 *
 * <p>No method takes or returns {@code null}. Nothing is printed.
 */
package net.client;
