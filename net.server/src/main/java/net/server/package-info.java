/**
 * TCP and UDP servers. {@link net.server.TcpServer} and {@link net.server.UdpServer} are started
 * from a configuration, notify a {@link net.server.ServerListener}, and run until they are closed.
 *
 * <p>No method accepts or returns {@code null}. Nothing is printed.
 */
package net.server;
