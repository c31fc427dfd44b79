package net.launcher;

import net.launcher.client.ClientCommand;
import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.server.ServerCommand;
import net.protocol.Transport;

import java.util.ArrayList;
import java.util.List;

/** The options of all launchers of the image. */
final class ImageOptions implements Command.Siblings {
    @Override
    public List<String> owners(String option) {
        List<String> owners = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            for (Command command :
                    List.of(ServerCommand.of(transport), ClientCommand.of(transport))) {
                for (CommandOption each : command.options()) {
                    if (each.names().contains(option)) {
                        owners.add(command.name());
                    }
                }
            }
        }
        return owners;
    }
}
