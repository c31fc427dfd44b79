package net.launcher.client;

import static net.launcher.command.OptionGroup.OUTPUT;

import net.launcher.command.Command;
import net.launcher.command.Invocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The option {@code --label}. Its names are those that Prometheus allows. */
final class LabelOption {
    private static final String OPTION = "--label";

    /** Prefix of the names that Prometheus reserves. */
    private static final String RESERVED = "__";

    /** Labels that metrics have already. */
    private static final List<String> USED =
            List.of("target", "transport", "service", "result", "direction", "le");

    private LabelOption() {}

    static void add(Command command) {
        command.list(OUTPUT, "KEY=VALUE", OPTION)
                .excludes(ClientModes.PIPE)
                .description(
                        "Label in JSON, the page, metrics and the text header, such as site=lab."
                                + " Repeatable.");
    }

    /**
     * Returns the labels in the order of the command line.
     *
     * @throws IllegalArgumentException if one is not valid, or its name is given twice
     */
    static Map<String, String> labels(Invocation invocation) {
        List<String> given = invocation.each(OPTION);
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : given) {
            int equals = label.indexOf('=');
            require(equals >= 0, "be KEY=VALUE", label);
            String key = label.substring(0, equals);
            checkKey(key);
            require(!labels.containsKey(key), "be given once for each key", key);
            labels.put(key, label.substring(equals + 1));
        }
        return labels;
    }

    private static void checkKey(String key) {
        boolean isName = !key.isEmpty() && !isDigit(key.charAt(0));
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            isName &= c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || isDigit(c);
        }
        require(isName, "have a key of letters, digits and _, not beginning with a digit", key);
        require(!key.startsWith(RESERVED), "have a key that does not begin with " + RESERVED, key);
        require(!USED.contains(key), "have another key, since metrics use this one", key);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static void require(boolean holds, String rule, String value) {
        if (!holds) {
            throw new IllegalArgumentException(OPTION + " must " + rule + ": " + value);
        }
    }
}
