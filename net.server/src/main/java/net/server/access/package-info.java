/** Address filters, connection limits, and the reasons of refusals. */
package net.server.access;
