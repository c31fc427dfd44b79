/**
 * picocli, compiled again for a class-file version that AOT caches take in: its own classes are of
 * Java 5's, and would double the time to start.
 */
module info.picocli {
    requires static java.sql;

    exports picocli;
}
