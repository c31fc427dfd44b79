/** A pipe between local streams and a server. */
package net.client.pipe;
