/**
 * picocli, recompiled: AOT caches do not accept the Java 5 class files of its jar, and start-up
 * would take twice as long.
 */
module info.picocli {
    requires static java.sql;

    exports picocli;
}
