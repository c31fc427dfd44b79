package net.launcher.client;

import net.launcher.command.InputFile;
import net.launcher.command.Invocation;
import net.launcher.command.Parser;
import net.launcher.command.TextLines;
import net.protocol.Endpoint;
import net.protocol.Protocol;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** The endpoints to connect to: the operands of a client, and the lines of files among them. */
record Targets(Invocation invocation) {
    /** Marks an operand as the name of a file. */
    private static final String FILE = "@";

    private static final String COMMENT = "#";

    /** Maximum number of targets. */
    static final int MAX = 1000;

    private static final int MAX_FILE_BYTES = 1024 * 1024;

    /**
     * Returns the endpoints in their order, at least one.
     *
     * @throws IllegalArgumentException if one is not valid or given twice, or a file cannot be read
     * @throws InterruptedIOException if the thread is interrupted while a file is read
     */
    List<Endpoint> endpoints() throws InterruptedIOException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String operand : invocation.hosts()) {
            if (operand.startsWith(FILE)) {
                addFile(operand, endpoints);
            } else {
                add(operand, endpoints);
            }
        }
        if (endpoints.isEmpty()) {
            endpoints.add(invocation.defaultEndpoint());
        }
        return List.copyOf(endpoints);
    }

    private void addFile(String operand, List<Endpoint> endpoints) throws InterruptedIOException {
        String file = operand.substring(FILE.length());
        require(!file.isEmpty(), FILE + " must name a file", operand);
        int before = endpoints.size();
        TextLines lines =
                new TextLines(
                        operand, InputFile.read(operand, file, MAX_FILE_BYTES, InputFile.NO_LIMIT));
        while (lines.next()) {
            String line = lines.line().strip();
            if (line.isEmpty() || line.startsWith(COMMENT)) {
                continue;
            }
            try {
                add(line, endpoints);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        Parser.shown(lines.place() + ": " + e.getMessage()), e);
            }
        }
        require(endpoints.size() > before, "file must contain at least one endpoint", operand);
    }

    private void add(String operand, List<Endpoint> endpoints) {
        Endpoint endpoint = invocation.endpoint(operand);
        if (endpoint.host().equals(Endpoint.ANY_HOST)) {
            endpoint = new Endpoint(Protocol.DEFAULT_HOST, endpoint.port());
        }
        Invocation.requireNew(endpoint, endpoints);
        endpoints.add(endpoint);
        require(
                endpoints.size() <= MAX,
                "number of endpoints must be at most " + MAX,
                endpoint.toString());
    }

    private static void require(boolean holds, String rule, String value) {
        if (!holds) {
            throw new IllegalArgumentException(Parser.shown(rule + ": " + value));
        }
    }
}
