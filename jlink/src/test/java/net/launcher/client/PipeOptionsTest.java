package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.InvocationProbe;
import net.launcher.command.Invocation;
import net.protocol.Transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;

class PipeOptionsTest {
    private static final InvocationProbe<Boolean> TCP = probe(Transport.TCP);
    private static final InvocationProbe<Boolean> UDP = probe(Transport.UDP);

    private static InvocationProbe<Boolean> probe(Transport transport) {
        return new InvocationProbe<>(
                command -> RunOptions.add(transport, command.targets("Server")),
                invocation -> isPipe(new RunOptions(transport, invocation)));
    }

    /** Reads all options. */
    private static boolean isPipe(RunOptions options) {
        Invocation invocation = options.invocation();
        if (ClientModes.isPipe(invocation)) {
            return new PipeOptions(options).pipe().soFar().isEmpty();
        }
        try {
            options.config();
            return false;
        } catch (InterruptedIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InvocationProbe<Boolean> of(Transport transport) {
        return transport == Transport.TCP ? TCP : UDP;
    }

    private static String[] pipe(String args) {
        return ("--service pipe " + args).split(" ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1 9000",
                "--idle-timeout 5s",
                "--timeout 1s -4 --source 127.0.0.1",
                "--receive-buffer 64K --send-buffer 64K --dscp EF",
                "--format raw --quiet --verbose"
            })
    void takesWhatIsAboutTheWayToThePeer(String args) {
        assertTrue(TCP.parse(pipe(args)));
        assertTrue(UDP.parse(pipe(args)));
    }

    @Test
    void takesWhatItsTransportHas() {
        assertTrue(TCP.parse(pipe("--connect-timeout 1s -6")));
        assertTrue(TCP.parse(pipe("--no-nodelay")));
        assertTrue(UDP.parse(pipe("--lines --size 65507")));
        assertTrue(UDP.parse(pipe("-s 1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TCP|-c 5|--count cannot be used with --service pipe",
                "UDP|--count 5|--count cannot be used with --service pipe",
                "TCP|-t 1s|--duration cannot be used with --service pipe",
                "UDP|-i 10ms|--interval cannot be used with --service pipe",
                "TCP|--rate max|--rate cannot be used with --service pipe",
                "UDP|-P 2|--parallel cannot be used with --service pipe",
                "TCP|--warmup 3|--warmup cannot be used with --service pipe",
                "TCP|--reconnect|--reconnect requires --service echo",
                "UDP|--fail-if p99>1ms|--fail-if cannot be used with --service pipe",
                "TCP|-m x|--message cannot be used with --service pipe",
                "UDP|--file -|--file cannot be used with --service pipe",
                "TCP|--size 64|--size cannot be used with --service pipe",
                "TCP|--format json|--format must be raw with --service pipe: json",
                "UDP|--format text|--format must be raw with --service pipe: text",
                "UDP|--size 0|--size must be a size from 1 to 65507, such as 64K or 1M: 0",
                "UDP|--size 65508|--size must be a size from 1 to 65507, such as 64K or 1M: 65508",
                "TCP|--idle-timeout 0|--idle-timeout must be above zero: 0"
            })
    void refusesWhatIsAboutExchanges(Transport transport, String args, String message) {
        of(transport).assertRefused(message, pipe(args));
    }

    @Test
    void itsOwnOptionsAreRefusedWithoutIt() {
        TCP.assertRefused("--idle-timeout requires --service pipe", "--idle-timeout", "5s");
        UDP.assertRefused(
                "--idle-timeout requires --service pipe", "--service", "echo", "--idle-timeout=2s");
        UDP.assertRefused("--lines requires --service pipe", "--lines");
        TCP.assertRefused("unknown option: --lines", pipe("--lines"));
        assertFalse(TCP.parse("--service", "echo"));
    }
}
