package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The units of systemd. */
class SystemdIT {
    private static final Path UNITS = ProcessCommand.IMAGE.resolve("lib/systemd/system");

    /** At most 2.0. */
    private static final String THRESHOLD = "--threshold=20";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp-server@lab.service",
                "udp-server@lab.service",
                "tcp-server@9000.socket",
                "tcp-server-socket@9000.service"
            })
    void unitIsValidAndFindsItsProgramBelowUsrLocal(String unit) {
        // Services that this machine has enabled are hidden: they have warnings of their own.
        String install =
                "mount -t tmpfs none /etc/systemd/system && mount --bind '"
                        + ProcessCommand.IMAGE
                        + "' /usr/local && ";
        Assume.success("systemd-analyze", "--version");
        Assume.success("unshare", "--mount", "sh", "-c", install + "true");
        String verify = install + "systemd-analyze --man=no verify '" + unit + "'";
        assertEquals(
                new ProcessResult(0, "", ""),
                ProcessCommand.at(Path.of("unshare"), "--mount", "sh", "-c", verify).run());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tcp-server@.service", "udp-server@.service", "tcp-server-socket@.service"})
    void serviceIsHardened(String unit) {
        Assume.success("systemd-analyze", "--version");
        ProcessResult ended =
                ProcessCommand.at(
                                Path.of("systemd-analyze"),
                                "security",
                                "--offline=true",
                                "--no-pager",
                                THRESHOLD,
                                UNITS.resolve(unit).toString())
                        .run();
        assertEquals(0, ended.status(), ended.toString());
        assertTrue(ended.out().contains(" OK "), ended::out);
    }

    @Test
    void serverMakesOnlyPermittedSystemCalls() throws IOException {
        Assume.success("systemd-analyze", "--version");
        Assume.success("strace", "-f", "-e", "trace=none", "true");
        Path trace = folder.resolve("trace");
        Path config =
                Files.writeString(
                        folder.resolve("lab.conf"),
                        "--service receive\n--allow localhost\n--sync\n--output "
                                + folder.resolve("log")
                                + "\nlocalhost\n0\n");
        try (RunningProcess strace =
                ProcessCommand.at(Path.of("strace"), "-f", "-o", trace.toString())
                        .with(ProcessCommand.bin("tcp-server"), "--config", config.toString())
                        .start()) {
            int port = strace.port();
            try (TcpPeer peer = TcpPeer.connect(port)) {
                assertEquals("<closed>", peer.send("hello").awaitEnd());
            }
            long pid = strace.process().children().findFirst().orElseThrow().pid();
            assertEquals(0, ProcessCommand.sh("kill -s HUP " + pid).run().status());
            strace.awaitErr("rules reloaded");
            assertEquals(0, ProcessCommand.sh("kill -s TERM " + pid).run().status());
            assertEquals(0, strace.end().status());
        }
        Set<String> calls = names("(?m)^\\d+ +(\\w+)\\(", Files.readString(trace));
        assertTrue(calls.contains("accept4") || calls.contains("accept"), calls::toString);
        calls.removeAll(permittedCalls());
        assertEquals(Set.of(), calls);
    }

    private static Set<String> names(String pattern, String text) {
        Set<String> names = new TreeSet<>();
        Pattern.compile(pattern)
                .matcher(text)
                .results()
                .forEach(match -> names.add(match.group(1)));
        return names;
    }

    /** Returns the system calls that the unit's filters permit. */
    private static Set<String> permittedCalls() throws IOException {
        String sets =
                ProcessCommand.at(Path.of("systemd-analyze"), "syscall-filter", "--no-pager")
                        .run()
                        .out();
        Map<String, List<String>> members = new HashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : sets.lines().toList()) {
            if (line.startsWith("@")) {
                current = members.computeIfAbsent(line, name -> new ArrayList<>());
            } else if (!line.isBlank() && !line.contains("#")) {
                current.add(line.strip());
            }
        }
        Set<String> permitted = new HashSet<>();
        String unit = Files.readString(UNITS.resolve("tcp-server@.service"));
        Pattern filter = Pattern.compile("(?m)^SystemCallFilter=(~?)(.*)$");
        for (MatchResult line : filter.matcher(unit).results().toList()) {
            for (String name : line.group(2).split(" ")) {
                Set<String> calls = new HashSet<>();
                expand(name, members, calls);
                if (line.group(1).isEmpty()) {
                    permitted.addAll(calls);
                } else {
                    permitted.removeAll(calls);
                }
            }
        }
        return permitted;
    }

    private static void expand(String name, Map<String, List<String>> members, Set<String> calls) {
        if (!name.startsWith("@")) {
            calls.add(name);
            return;
        }
        for (String member : members.get(name)) {
            expand(member, members, calls);
        }
    }
}
