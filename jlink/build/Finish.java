import java.nio.file.attribute.PosixFilePermissions;

/**
 * Completes the folder of the image around the runtime that jlink has made in lib/runtime: copies
 * the static files and the documents, strips symbols, adds the launchers, and records the AOT cache
 * during a run of the self-test. Fails if the JVM of a launcher rejects the cache. The runtime of
 * another platform does not run here, and gets no cache. Arguments: the folder of the image, the
 * checkout, the platform.
 */
void main(String... args) throws Exception {
    Path image = Path.of(args[0]);
    Path root = Path.of(args[1]);
    String platform = args[2];
    Path runtime = image.resolve("lib/runtime");
    Platform target = PLATFORMS.get(platform);
    require(target != null, "platform must be linux-x64 or linux-aarch64: " + platform);
    int machine = Files.readAllBytes(runtime.resolve("bin/java"))[18] & 0xFF;
    require(
            machine == target.elfMachine(),
            "-Djmods must be the folder of the JDK modules for " + platform);
    copy(root.resolve("jlink/src/main/dist"), image);
    Path documents = Files.createDirectories(image.resolve("share/doc/netpair"));
    copy(root.resolve("jlink/src/deploy"), documents.resolve("examples"));
    for (String document : DOCUMENTS) {
        Path file = root.resolve(document);
        Files.writeString(documents.resolve(file.getFileName()), text(file));
    }
    Files.move(runtime.resolve("legal"), documents.resolve("legal"));
    strip(runtime);
    shorten(runtime.resolve("conf/security/java.security"));
    String script =
            Files.readString(root.resolve("jlink/src/main/sh/launcher"))
                    .replace("@platform@", platform)
                    .replace("@linker@", target.linker());
    for (String launcher : LAUNCHERS) {
        Path file = Files.createDirectories(image.resolve("bin")).resolve(launcher);
        Files.writeString(file, script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    String arch = System.getProperty("os.arch").replace("amd64", "x64");
    if (platform.equals("linux-" + arch)) {
        run(image, "selftest", "", "--warm-up");
        for (String launcher : LAUNCHERS) {
            run(image, launcher, "-XX:AOTMode=on", "--version");
        }
    }
}

static final List<String> LAUNCHERS =
        List.of("tcp-server", "tcp-client", "udp-server", "udp-client", "selftest");

static final List<String> DOCUMENTS =
        List.of("README.md", "CHANGELOG.md", "LICENSE", "jlink/MANUAL.md", "jlink/LIMITS.md");

/** A platform: the dynamic linker of glibc, and the processor in the header of ELF files. */
record Platform(String linker, int elfMachine) {}

static final Map<String, Platform> PLATFORMS =
        Map.of(
                "linux-x64", new Platform("/lib64/ld-linux-x86-64.so.2", 62),
                "linux-aarch64", new Platform("/lib/ld-linux-aarch64.so.1", 183));

void require(boolean holds, String rule) {
    if (!holds) {
        System.err.println("image: " + rule);
        System.exit(1);
    }
}

/** Copies the files of a folder and its subfolders, without their modes. */
void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.write(copy, Files.readAllBytes(file));
        }
    }
}

/** Returns a document; of its links to other files, only those to copied documents remain. */
String text(Path document) throws IOException {
    return Pattern.compile("\\[([^\\]]+)\\]\\((?!https?:|#)([^)#]+)(#[^)]*)?\\)")
            .matcher(Files.readString(document))
            .replaceAll(
                    link -> {
                        String name = Path.of(link.group(2)).getFileName().toString();
                        boolean isCopied = DOCUMENTS.stream().anyMatch(d -> d.endsWith(name));
                        String anchor = link.group(3) == null ? "" : link.group(3);
                        String copied = "[" + link.group(1) + "](" + name + anchor + ")";
                        return Matcher.quoteReplacement(isCopied ? copied : link.group(1));
                    });
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

/** Strips the symbols, a sixth of the JVM, which only the analysis of a crash needs. */
void strip(Path runtime) throws Exception {
    List<String> command = new ArrayList<>(List.of("strip", "--strip-unneeded"));
    try (Stream<Path> files = Files.walk(runtime)) {
        files.map(Path::toString)
                .filter(file -> file.endsWith(".so") || file.endsWith("/bin/java"))
                .forEach(command::add);
    }
    try {
        Process strip = new ProcessBuilder(command).start();
        try (BufferedReader messages = strip.errorReader()) {
            String first = messages.readLine();
            if (first != null) {
                throw new IOException(first);
            }
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
