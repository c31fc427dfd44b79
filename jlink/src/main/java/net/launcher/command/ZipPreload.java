package net.launcher.command;

import java.util.zip.CRC32;

/** Loads the native library with which the JVM decompresses the classes of the image. */
public final class ZipPreload {
    private ZipPreload() {}

    /** Loads the library early: with all file descriptors in use it could not be opened. */
    public static void load() {
        new CRC32().reset();
    }
}
