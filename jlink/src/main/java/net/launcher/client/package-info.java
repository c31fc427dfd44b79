/** Options and runs of the client launchers. */
package net.launcher.client;
