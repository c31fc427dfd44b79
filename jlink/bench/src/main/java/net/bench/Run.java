package net.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a client has printed and used.
 *
 * @param output both its outputs
 * @param use its time, processor time and status, as {@code spawn.c} prints them
 */
record Run(String output, Map<String, Double> use) {
    /** Runs a client to its end on one processor, or on any; it may fail, for example by a loss. */
    static Run of(Setup setup, int processor, List<String> client)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(setup.contenders().tool("spawn"), "use"));
        command.addAll(client);
        String all = LoadProcess.error(LoadProcess.pinned(processor, command));
        int last = all.lastIndexOf('\n') + 1;
        return new Run(all.substring(0, last), Setup.numbers(all.substring(last)));
    }

    /** Returns the summary among the lines of a launcher of Netpair. */
    JsonObject summary() {
        return output.lines()
                .filter(line -> line.startsWith("{\"event\":\"summary\""))
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .findFirst()
                .orElseThrow();
    }

    /** Returns the number in the output after the first occurrence of a text. */
    double number(String before) {
        return number(output, before);
    }

    /** Returns the number in a text after the first occurrence of a text. */
    static double number(String text, String before) {
        int at = text.indexOf(before);
        if (at < 0) {
            throw new IllegalArgumentException("text must contain '" + before + "': " + text);
        }
        String rest = text.substring(at + before.length()).replaceFirst("^[\\s=]+", "");
        return Double.parseDouble(rest.split("[^0-9.eE+-]", 2)[0]);
    }
}
