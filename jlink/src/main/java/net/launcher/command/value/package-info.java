/** Parsers of option values: numbers, sizes, rates, durations and code points. */
package net.launcher.command.value;
