/** The checks of {@code selftest}. */
package net.launcher.selftest;
