import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs jlink with the arguments given and prints its messages, except one: that level 1 of {@code
 * --compress}, chosen in {@code src/main/jlink/options}, is deprecated.
 */
void main(String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jlink").toString());
    command.addAll(List.of(args));
    Process jlink = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader messages = jlink.inputReader()) {
        messages.lines()
                .filter(line -> !line.contains("argument for --compress is deprecated"))
                .forEach(System.err::println);
    }
    System.exit(jlink.waitFor());
}
