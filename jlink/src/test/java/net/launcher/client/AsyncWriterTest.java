package net.launcher.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.BlockingOutput;
import net.launcher.FailingOutput;
import net.launcher.output.CapturedOutput;
import net.launcher.output.Output;
import net.launcher.output.Output.OutputException;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class AsyncWriterTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    @Test
    void commitSoonWritesInTheBackground() throws Exception {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        try (AsyncWriter writer = AsyncWriter.start(output)) {
            output.append("first");
            writer.commitSoon();
            assertTrue(out.await("first", LONG).isPresent(), out::text);
            output.append("second");
            writer.commitSoon();
            assertTrue(out.await("second", LONG).isPresent(), out::text);
        }
    }

    @Test
    void appendDoesNotWaitForASlowReader() throws Exception {
        BlockingOutput out = new BlockingOutput();
        Output output = new Output(out);
        AsyncWriter writer = AsyncWriter.start(output);
        output.append("first");
        writer.commitSoon();
        out.awaitWrite();
        for (int i = 0; i < 1000; i++) {
            output.append("line " + i);
            writer.commitSoon();
        }
        assertEquals(List.of("first\n"), out.writes());
        out.release();
        writer.close();
        assertEquals(2, out.writes().size());
        assertTrue(out.writes().getLast().endsWith("line 999\n"));
    }

    @Test
    void closeWritesTheRestEvenIfInterrupted() throws Exception {
        CapturedOutput out = new CapturedOutput();
        Output output = new Output(out);
        AsyncWriter writer = AsyncWriter.start(output);
        output.append("last");
        Thread.currentThread().interrupt();
        writer.close();
        assertTrue(Thread.interrupted());
        assertEquals("last\n", out.text());
    }

    @Test
    void appendThrowsAfterAWriteFailure() throws Exception {
        FailingOutput out = new FailingOutput(0);
        Output output = new Output(out);
        try (AsyncWriter writer = AsyncWriter.start(output)) {
            output.append("first");
            writer.commitSoon();
        }
        assertThrows(OutputException.class, () -> output.append("second"));
        assertThrows(OutputException.class, output::commit);
    }
}
