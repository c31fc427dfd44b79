/** Configuration, connections and failures of clients. */
package net.client.connect;
