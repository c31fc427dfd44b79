import static java.util.stream.Collectors.joining;

import net.launcher.command.Command;
import net.launcher.command.CommandOption;

import java.util.List;

/** The completion of a launcher for bash. It works without the package bash-completion. */
final class BashCompletion {
    private static final String TEMPLATE =
            """
            # Completion of <name> for bash.
            <function>() {
                # The second argument is the part of a word that is replaced.
                local cur=$2 prev=${COMP_WORDS[COMP_CWORD-1]}
                # In --option=value, the sign is a word.
                [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD-2]}
                COMPREPLY=()
                case $prev in
            <values>        *)
                        case $cur in
            <list>                -*) [[ ${COMP_LINE:0:COMP_POINT} == *' -- '* ]] ||
                                mapfile -t COMPREPLY < <(compgen -W '<names>' -- "$cur") ;;
                            *) <operand>;;
                        esac
                        ;;
                esac
            }
            complete -F <function> <name>
            """;

    private static final String WORDS =
            "        <names>) mapfile -t COMPREPLY < <(compgen -W '<words>' -- \"$cur\") ;;\n";

    private static final String FILE = "        <names>) compopt -o default ;;\n";

    private static final String OTHER = "        <names>) ;;\n";

    private static final String LIST =
            """
                            *@*)
                                local file
                                while IFS= read -r file; do
                                    [[ -d $file ]] && file+=/
                                    printf -v file %q "$file"
                                    COMPREPLY+=("${cur%@*}@$file")
                                done < <(compgen -f -- "${cur##*@}")
                                compopt -o nospace
                                ;;
            """;

    private static final String HOST = "mapfile -t COMPREPLY < <(compgen -A hostname -- \"$cur\") ";

    /** Completes a host, or a service that is not after a sign. */
    private static final String SERVICE_OR_HOST =
            """
            mapfile -t COMPREPLY < <(
                                compgen -A hostname -- "$cur"
                                [[ ${COMP_WORDS[COMP_CWORD-1]} == = ]] ||
                                    compgen -S = -W '<services>' -- "$cur")
                                [[ ${COMPREPLY-} != *= ]] || compopt -o nospace\
            """;

    private BashCompletion() {}

    /** Returns the script. */
    static String of(Command command) {
        List<CommandOption> options = command.options();
        boolean hasList =
                options.stream().anyMatch(option -> OptionValue.of(option) == OptionValue.LIST);
        String names =
                options.stream().flatMap(option -> option.names().stream()).collect(joining(" "));
        return TEMPLATE.replace("<function>", "_netpair_" + command.name().replace('-', '_'))
                .replace("<name>", command.name())
                .replace("<values>", options.stream().map(BashCompletion::value).collect(joining()))
                .replace("<list>", hasList ? LIST : "")
                .replace("<names>", names)
                .replace("<operand>", operand(command));
    }

    private static String operand(Command command) {
        List<String> services = command.operandServices();
        return services.isEmpty()
                ? command.operands().isEmpty() ? "" : HOST
                : SERVICE_OR_HOST.replace("<services>", String.join(" ", services));
    }

    /** Returns the case of an option before its value, or an empty text. */
    private static String value(CommandOption option) {
        String line =
                switch (OptionValue.of(option)) {
                    case WORD -> WORDS.replace("<words>", String.join(" ", option.values()));
                    case FILE -> FILE;
                    case OTHER -> OTHER;
                    case NONE, LIST, HOST -> "";
                };
        return line.replace("<names>", String.join(" | ", option.names()));
    }
}
