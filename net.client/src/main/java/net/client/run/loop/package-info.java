/** The event loop of a run: schedule, selector and the queue of free flows. */
package net.client.run.loop;
