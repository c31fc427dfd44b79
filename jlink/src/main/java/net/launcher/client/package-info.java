/** What the launchers of clients share: their options, and their runs. */
package net.launcher.client;
