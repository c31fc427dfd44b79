/** What a UDP server may answer to senders whose addresses may be forged. */
package net.server.ratelimit;
