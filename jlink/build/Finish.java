import java.nio.file.attribute.PosixFilePermissions;

/**
 * Finishes the image: adds the launchers, the licence and the schema, strips the virtual machine of
 * its symbols, and has the JVM learn from the self-test what it then finds in lib/netpair.aot.
 * Fails if a launcher's JVM does not take that. Arguments: the folder of the image, the launcher
 * script, the licence, the schema.
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
    // The same options as ever, but that the cache is written where it is read later.
    install(image, "selftest", script.replace("-XX:AOTCache=", "-XX:AOTCacheOutput="));
    run(image, "selftest", "");
    for (String launcher : LAUNCHERS) {
        install(image, launcher, script);
    }
    // Writing the cache started a process, and nothing else does.
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
 * The JVM reads this file whenever it looks up an address, and nine tenths of it are comments. It
 * names providers besides, whose classes the image lacks but for those of the first.
 */
void shorten(Path properties) throws IOException {
    List<String> lines = Files.readAllLines(properties);
    lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
    lines.removeIf(line -> line.startsWith("security.provider.") && !line.endsWith("=SUN"));
    Files.write(properties, lines);
}

/** The symbols are a sixth of the file, and serve only to read a crash of the JVM. */
void strip(Path library) throws Exception {
    try {
        Process strip = new ProcessBuilder("strip", "--strip-unneeded", library.toString()).start();
        if (strip.waitFor() != 0) {
            throw new IOException(new String(strip.getErrorStream().readAllBytes()));
        }
    } catch (IOException e) {
        IO.println("image: larger by 5 MB, since strip (binutils) did not run: " + e.getMessage());
    }
}

/** Runs a launcher with one more option for its JVM. */
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
