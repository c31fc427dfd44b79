package net.launcher;

import net.launcher.output.CapturedOutput;

import java.io.IOException;
import java.io.OutputStream;

/** Accepts a number of writes, each a line, and fails the others, like a full disk. */
public final class FailingOutput extends OutputStream {
    /** The error message of a launcher. */
    public static final String ERROR = "write to standard output failed: no space left on device";

    private final CapturedOutput taken = new CapturedOutput();
    private final CapturedOutput refused = new CapturedOutput();
    private int left;

    public FailingOutput(int writes) {
        left = writes;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] array, int offset, int length) throws IOException {
        if (left == 0) {
            refused.write(array, offset, length);
            throw new IOException("No space left on device");
        }
        left--;
        taken.write(array, offset, length);
    }

    public CapturedOutput taken() {
        return taken;
    }

    /** Returns the content of the failed writes. */
    public String refused() {
        return refused.text();
    }
}
