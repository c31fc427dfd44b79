package net.launcher.command;

import java.util.zip.CRC32;

/** The library that the JVM unpacks the image's classes with. */
public final class ZipPreload {
    private ZipPreload() {}

    /**
     * Has it loaded: once connections have taken all descriptors, it could not be, and the JVM
     * would end.
     */
    public static void load() {
        new CRC32().reset();
    }
}
