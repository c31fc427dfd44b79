import static java.util.stream.Collectors.joining;

import net.launcher.command.Command;
import net.launcher.command.CommandOption;
import net.launcher.command.HelpGroup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The man page of a launcher, in section 1, with the texts of its {@code --help}. */
final class ManPage {
    /** A word, or the name of an option. */
    private static final Pattern WORD = Pattern.compile("(?<![\\w-])--?[a-zA-Z0-9][\\w-]*|\\w+");

    private final Command command;
    private final Roff roff;

    private ManPage(Command command, Roff roff) {
        this.command = command;
        this.roff = roff;
    }

    /** Returns the page of one of the launchers. */
    static String of(Command command, List<Command> all, String date, String source) {
        ManPage page = new ManPage(command, new Roff(command.name(), "1", date, source));
        page.addDescription();
        page.addOptions();
        command.notes().forEach(page::addTerms);
        page.addTerms("Examples", command.examples());
        String others =
                all.stream()
                        .filter(each -> each != command)
                        .map(each -> Roff.reference(each.name(), 1))
                        .collect(joining(", "));
        page.roff.section("See also").paragraph(others + ", " + Roff.reference("netpair", 7));
        return page.roff.toString();
    }

    /** Returns the summary of a launcher as a phrase. */
    private static String phrase(Command command) {
        String summary = command.summary();
        return summary.substring(0, 1).toLowerCase(Locale.ROOT)
                + summary.substring(1, summary.length() - 1);
    }

    private void addDescription() {
        String name = command.name();
        String operands = command.synopsis().substring(name.length());
        roff.section("Name").paragraph(Roff.escape(name) + " \\- " + Roff.escape(phrase(command)));
        roff.section("Synopsis")
                .paragraph(
                        Roff.bold(name)
                                + Roff.escape(operands).replaceAll("[A-Z]+", "\\\\fI$0\\\\fR"));
        roff.section("Description").paragraph(styled(command.summary() + " " + command.details()));
        command.operands()
                .forEach(
                        (label, text) ->
                                roff.tagged(
                                        Roff.italic(label.replaceAll("[\\[\\].]", "")),
                                        styled(text)));
        if (!command.services().isEmpty()) {
            roff.subsection("Services");
            roff.paragraph(
                    styled(
                            command.operandServices().isEmpty()
                                    ? "--service selects one of:"
                                    : "--service selects one of these, or an operand names it:"));
            command.services().forEach((term, text) -> roff.tagged(Roff.bold(term), styled(text)));
        }
    }

    private void addOptions() {
        roff.section("Options");
        for (HelpGroup group : HelpGroup.of(command)) {
            roff.subsection(group.heading());
            group.options().forEach(this::addOption);
        }
    }

    private void addOption(CommandOption option, String description) {
        String names = option.names().stream().map(Roff::bold).collect(joining(", "));
        String label = option.label();
        roff.tagged(
                label.isEmpty() ? names : names + " " + Roff.italic(label),
                styled(description, label));
    }

    private void addTerms(String heading, Map<String, String> terms) {
        roff.section(heading);
        terms.forEach((term, text) -> roff.tagged(Roff.bold(term), styled(text)));
    }

    private static String styled(String text) {
        return styled(text, "");
    }

    /** Returns roff text with names of options in bold, and the label of a value in italics. */
    private static String styled(String text, String label) {
        Matcher matcher = WORD.matcher(text);
        StringBuilder styled = new StringBuilder();
        int end = 0;
        while (matcher.find()) {
            styled.append(Roff.escape(text.substring(end, matcher.start())));
            String word = matcher.group();
            styled.append(
                    word.startsWith("-")
                            ? Roff.bold(word)
                            : word.equals(label) ? Roff.italic(word) : Roff.escape(word));
            end = matcher.end();
        }
        return styled.append(Roff.escape(text.substring(end))).toString();
    }
}
