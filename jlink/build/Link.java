import java.io.BufferedReader;

/**
 * Runs jlink and prints its messages, except one: that level 1 of {@code --compress}, chosen in
 * {@code src/main/jlink/options}, is deprecated. Arguments: the folder with the JDK modules of
 * another platform, empty to use those of this JDK; the module path; the rest are options of jlink.
 */
void main(String... args) throws Exception {
    String modulePath = args[0].isEmpty() ? args[1] : args[0] + File.pathSeparator + args[1];
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jlink").toString());
    command.addAll(List.of("--module-path", modulePath));
    command.addAll(List.of(args).subList(2, args.length));
    Process jlink = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader messages = jlink.inputReader()) {
        messages.lines()
                .filter(line -> !line.contains("argument for --compress is deprecated"))
                .forEach(System.err::println);
    }
    System.exit(jlink.waitFor());
}
