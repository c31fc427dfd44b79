/** Address filters, and the reasons of refusals. */
package net.server.access;
