import java.util.stream.Stream;

/**
 * Checks or fixes the format of Java files with google-java-format in its AOSP style. Arguments:
 * its jar, the folder to search, "check" or "fix".
 */
void main(String... args) throws Exception {
    List<String> command =
            new ArrayList<>(
                    List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-jar",
                            args[0],
                            "--aosp"));
    command.addAll(
            args[2].equals("fix")
                    ? List.of("--replace")
                    : List.of("--dry-run", "--set-exit-if-changed"));
    try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
        files.filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().contains("/target/"))
                .map(Path::toString)
                .sorted()
                .forEach(command::add);
    }
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
        System.err.println("the files above are not formatted; run ./mvnw validate -Dformat=fix");
        System.exit(status);
    }
}
