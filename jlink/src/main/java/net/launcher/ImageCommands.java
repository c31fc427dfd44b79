package net.launcher;

import net.launcher.client.ClientCommand;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.selftest.SelfTestCommand;
import net.launcher.server.ServerCommand;
import net.protocol.Transport;

import java.util.ArrayList;
import java.util.List;

/** The command lines of all launchers of the image. */
public final class ImageCommands implements Command.Siblings {
    /** Returns new command lines. */
    public static List<Command> all() {
        List<Command> commands = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            commands.add(ServerCommand.of(transport));
            commands.add(ClientCommand.of(transport));
        }
        commands.add(SelfTestCommand.of(SelfTestCommand.NAME));
        return commands;
    }

    @Override
    public List<String> owners(String option) {
        List<String> owners = new ArrayList<>();
        for (Command command : all()) {
            for (CommandOption each : command.options()) {
                if (each.names().contains(option)) {
                    owners.add(command.name());
                }
            }
        }
        return owners;
    }
}
