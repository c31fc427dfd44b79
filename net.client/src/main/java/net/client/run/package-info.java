/** Configuration, listener and result of a run. */
package net.client.run;
