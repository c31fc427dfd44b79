import static java.util.stream.Collectors.joining;

import net.launcher.command.Command;
import net.launcher.selftest.SelfTestCommand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The man page netpair(7), from the documents of the project.
 *
 * @param commands the launchers, the last of which is selftest
 * @param root the folder of the project
 */
record Overview(List<Command> commands, Path root) {
    private static final String EXIT_CODES = "Troubleshooting and exit codes";

    /** Returns the page. */
    String page(String date, String source) throws IOException {
        Roff roff = new Roff("netpair", "7", date, source);
        Markdown readme = new Markdown(read("README.md"));
        roff.section("Name").paragraph("netpair \\- test, measure and serve TCP and UDP");
        roff.section("Description");
        readme.addIntroduction(roff);
        for (Command command : commands) {
            roff.tagged(Roff.reference(command.name(), 1), Roff.escape(command.summary()));
        }
        Markdown manual = new Markdown(read("jlink/MANUAL.md"));
        for (String heading : manual.headings()) {
            manual.add(roff.section(heading), heading);
        }
        readme.add(roff.section(EXIT_CODES), EXIT_CODES);
        roff.section("JSON events");
        Events.add(roff, read("jlink/src/main/dist/share/netpair/events.schema.json"));
        roff.section("Limits");
        Markdown limits = new Markdown(read("jlink/LIMITS.md"));
        for (String heading : limits.headings()) {
            limits.add(roff.subsection(heading), heading);
        }
        roff.section("See also")
                .paragraph(
                        commands.stream()
                                .map(command -> Roff.reference(command.name(), 1))
                                .collect(joining(", ")));
        return roff.toString();
    }

    /** Reads a document, with the name under which selftest is installed. */
    private String read(String file) throws IOException {
        return Files.readString(root.resolve(file))
                .replaceAll("\\b" + SelfTestCommand.NAME + "\\b", commands.getLast().name());
    }
}
