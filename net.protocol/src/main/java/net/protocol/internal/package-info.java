/** Code that the server and the client share; not part of the API. */
package net.protocol.internal;
