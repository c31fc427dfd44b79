import java.nio.file.attribute.PosixFilePermissions;

/**
 * Completes the image: adds the launchers, the licence and the schema, strips the symbols of the
 * JVM, and records the AOT cache lib/netpair.aot during a run of the self-test. Fails if the JVM of
 * a launcher rejects the cache. Arguments: the folder of the image, the launcher script, the
 * licence, the schema.
 */
void main(String... args) throws Exception {
    Path image = Path.of(args[0]);
    String script = Files.readString(Path.of(args[1]));
    Files.copy(Path.of(args[2]), image.resolve("LICENSE"));
    Path schema = Path.of(args[3]);
    Path folder = Files.createDirectory(image.resolve("schema"));
    Files.copy(schema, folder.resolve(schema.getFileName()));
    strip(image.resolve("lib/server/libjvm.so"));
    shorten(image.resolve("conf/security/java.security"));
    // The usual options, except that the cache is written, not read.
    String recording =
            script.replace("-XX:AOTCache=", "-XX:AOTCacheOutput=")
                    .replace("[ -e \"$cache\" ] || cache=\nexpected=$cache", "expected=");
    install(image, "selftest", recording);
    run(image, "selftest", "");
    for (String launcher : LAUNCHERS) {
        install(image, launcher, script);
    }
    // Starts processes; the programs start none, only the JVM while it writes the cache.
    Files.delete(image.resolve("lib/jspawnhelper"));
    for (String launcher : LAUNCHERS) {
        run(image, launcher, "-XX:AOTMode=on", "--version");
    }
}

static final List<String> LAUNCHERS =
        List.of("tcp-server", "tcp-client", "udp-server", "udp-client", "selftest");

void install(Path image, String launcher, String script) throws IOException {
    Path file = Files.writeString(image.resolve("bin", launcher), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
}

/**
 * Removes the comments, nine tenths of the file, since the JVM reads it before its first address
 * lookup, and the security providers that are not in the image: all except SUN.
 */
void shorten(Path properties) throws IOException {
    List<String> lines = Files.readAllLines(properties);
    lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
    lines.removeIf(line -> line.startsWith("security.provider.") && !line.endsWith("=SUN"));
    Files.write(properties, lines);
}

/** Strips the symbols, a sixth of the file, which only the analysis of a JVM crash needs. */
void strip(Path library) throws Exception {
    try {
        Process strip = new ProcessBuilder("strip", "--strip-unneeded", library.toString()).start();
        if (strip.waitFor() != 0) {
            throw new IOException(new String(strip.getErrorStream().readAllBytes()));
        }
    } catch (IOException e) {
        IO.println("image: 5 MB larger, since strip (binutils) failed: " + e.getMessage());
    }
}

/** Runs a launcher with an additional JVM option. */
void run(Path image, String launcher, String option, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(image.resolve("bin", launcher).toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("NETPAIR_JAVA_OPTIONS", option);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0 || output.contains("[error]")) {
        throw new IllegalStateException(command + " with " + option + " failed: " + output);
    }
}
