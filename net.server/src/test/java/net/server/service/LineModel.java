package net.server.service;

import java.util.ArrayList;
import java.util.List;

/** An independent implementation of the rules for lines, which sees the whole stream at once. */
final class LineModel {
    private static final int MAX = 1024;

    private LineModel() {}

    static List<String> split(String stream) {
        List<String> messages = new ArrayList<>();
        int start = 0;
        int end = stream.indexOf('\n');
        while (end >= 0) {
            boolean hasReturn = end > start && stream.charAt(end - 1) == '\r';
            String line = stream.substring(start, hasReturn ? end - 1 : end);
            if (line.isEmpty()) {
                messages.add(line);
            }
            addParts(messages, line);
            start = end + 1;
            end = stream.indexOf('\n', start);
        }
        addParts(messages, stream.substring(start));
        return messages;
    }

    private static void addParts(List<String> messages, String line) {
        for (int i = 0; i < line.length(); i += MAX) {
            messages.add(line.substring(i, Math.min(line.length(), i + MAX)));
        }
    }
}
