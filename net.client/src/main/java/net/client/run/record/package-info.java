/** Counting and timing of the exchanges of a run. */
package net.client.run.record;
