/**
 * Address resolution, Happy Eyeballs (RFC 8305), connected sockets, and the translation of
 * failures.
 */
package net.client.connect.internal;
