package net.server;

import java.util.ArrayList;
import java.util.List;

/** What the manual says of lines, told once more: looks at the whole stream, not byte by byte. */
final class LinesModel {
    private static final int MAX = 1024;

    private LinesModel() {}

    static List<String> cut(String stream) {
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
