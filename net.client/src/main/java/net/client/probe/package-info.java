/** What a run's datagrams look like, and which of them are under way. Not exported. */
package net.client.probe;
