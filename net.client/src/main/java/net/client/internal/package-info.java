/** Quiet closing and monotonic time, for all packages of this module. */
package net.client.internal;
