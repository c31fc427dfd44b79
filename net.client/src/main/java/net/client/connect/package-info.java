/** Configuration of clients, and the connections and failures that they report. */
package net.client.connect;
