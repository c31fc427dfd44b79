/** Limits on UDP answers, since source addresses may be forged. */
package net.server.ratelimit;
