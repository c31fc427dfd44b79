package net.launcher;

import net.launcher.output.CapturedOutput;

import java.io.IOException;
import java.io.OutputStream;

/** Takes some writes, each of which is a line, and refuses the others, as a full disk does. */
public final class FailingOutput extends OutputStream {
    /** What a launcher says of it. */
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

    /** Returns what would have been written. */
    public String refused() {
        return refused.text();
    }
}
