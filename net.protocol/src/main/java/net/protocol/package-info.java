/**
 * Constants, messages and endpoints of the exchanges; {@link net.protocol.Protocol} specifies the
 * wire format.
 *
 * <p>No method takes or returns {@code null}; every type is immutable and safe for use by several
 * threads.
 */
package net.protocol;
