/** The event loop of a run and its flows. */
package net.client.run.internal;
