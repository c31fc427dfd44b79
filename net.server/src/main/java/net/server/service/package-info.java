/** Built-in services as protocol handlers that do no I/O of their own. */
package net.server.service;
