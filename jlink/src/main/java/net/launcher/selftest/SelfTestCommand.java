package net.launcher.selftest;

import net.launcher.command.Command;
import net.launcher.command.Exit;
import net.launcher.command.OptionGroup;
import net.launcher.output.Format;

/** The command line of {@code selftest}. */
public final class SelfTestCommand {
    public static final String NAME = "selftest";

    /** The option with which the launcher script writes the class cache after the checks. */
    public static final String WARM_UP = "--warm-up";

    private SelfTestCommand() {}

    /** Returns the command line under a name. */
    public static Command of(String name) {
        Command command =
                new Command(
                        name,
                        "Runs the servers and clients of this folder against each other on this"
                                + " machine.");
        command.flag(OptionGroup.GENERAL, WARM_UP)
                .summary("after the checks, write the class cache")
                .description(
                        "After the checks, write the class cache, which shortens the start of all"
                                + " programs. The folder must be writable. Not with other"
                                + " options.");
        return command.details(
                        "Prints the result and duration of each check, over TCP and UDP, IPv4 and"
                                + " IPv6.")
                .example(name, "run all checks")
                .example(name + " --format json", "results as JSON")
                .example(name + " --warm-up", "run all checks, then write the class cache")
                .exitStatus(Exit.OK, "All checks passed or were skipped.")
                .exitStatus(Exit.NETWORK, "A check failed.")
                .exitStatus(Exit.USAGE, "Usage error, or results or class cache not written.")
                .exitStatus(Exit.HUNG_UP, "Ended by SIGHUP.")
                .exitStatus(Exit.INTERRUPTED, "Ended by SIGINT.")
                .exitStatus(Exit.TERMINATED, "Ended by SIGTERM.")
                .complete(Format.TEXT, Format.JSON);
    }
}
