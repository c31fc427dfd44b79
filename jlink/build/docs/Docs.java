import net.launcher.ImageCommands;
import net.launcher.command.Command;
import net.launcher.selftest.SelfTestCommand;

/**
 * Writes the man pages and the completions for bash, zsh and fish, from the command lines of the
 * launchers and the documents. Arguments: the folder of the project; its version; the time stamp of
 * the build; then pairs of a folder to write to, such as share, and the name of selftest in it.
 */
void main(String... args) throws IOException {
    Path root = Path.of(args[0]);
    String source = "Netpair " + args[1];
    String date = args[2].substring(0, "2026-01-31".length());
    for (int i = 3; i < args.length; i += 2) {
        List<Command> commands = ImageCommands.all();
        commands.set(commands.size() - 1, SelfTestCommand.of(args[i + 1]));
        Path share = Path.of(args[i]);
        for (Command command : commands) {
            String page = ManPage.of(command, commands, date, source);
            write(share, "man/man1/" + command.name() + ".1", page);
            complete(share, command);
        }
        write(share, "man/man7/netpair.7", new Overview(commands, root).page(date, source));
    }
}

void complete(Path share, Command command) throws IOException {
    String name = command.name();
    write(share, "bash-completion/completions/" + name, BashCompletion.of(command));
    write(share, "zsh/site-functions/_" + name, ZshCompletion.of(command));
    write(share, "fish/vendor_completions.d/" + name + ".fish", FishCompletion.of(command));
}

void write(Path share, String name, String text) throws IOException {
    Path file = share.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
}
