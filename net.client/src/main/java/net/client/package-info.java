/**
 * TCP and UDP clients, and measured runs. {@link net.client.TcpClient} and {@link
 * net.client.UdpClient} perform single exchanges; a {@link net.client.Run} performs any number and
 * returns figures. An {@link net.client.run.Exchange} is a complete success; every failure is a
 * {@link net.client.connect.ExchangeException} with its kind and the bytes received so far.
 *
 * <p>No method accepts or returns {@code null}. Nothing is printed.
 */
package net.client;
