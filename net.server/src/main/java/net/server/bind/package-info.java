/** Resolution and binding of endpoints, and system information on sockets. */
package net.server.bind;
