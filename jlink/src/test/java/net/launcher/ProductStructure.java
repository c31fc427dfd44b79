package net.launcher;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dependencies between the top-level classes of the product, read from its class files. As a
 * program ({@code java ProductStructure.java CHECKOUT}), prints the size and the largest cycle of
 * each package.
 */
final class ProductStructure {
    static final List<String> MODULES =
            List.of("net.protocol", "net.server", "net.client", "jlink");

    private static final Pattern DESCRIPTOR = Pattern.compile("L([\\w/$]+);");

    /** Top-level class names, each with those that it refers to. */
    private final Map<String, Set<String>> references = new TreeMap<>();

    ProductStructure(Path root) throws IOException {
        for (String module : MODULES) {
            for (Path file : files(root.resolve(module, "target", "classes"), ".class")) {
                add(ClassFile.of().parse(file));
            }
        }
        references.values().forEach(names -> names.retainAll(references.keySet()));
    }

    public static void main(String... args) throws IOException {
        ProductStructure structure = new ProductStructure(Path.of(args[0]));
        Map<String, List<List<String>>> cycles = structure.classCycles();
        structure
                .packages()
                .forEach(
                        (name, types) ->
                                System.out.printf(
                                        "%-32s %3d types, largest cycle %d%n",
                                        name, types.size(), largest(cycles.get(name))));
        System.out.println("cycles of packages: " + structure.packageCycles());
    }

    /** Returns the files below a folder whose names end in a text. */
    static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }

    private void add(ClassModel model) {
        String name = topLevel(model.thisClass().asInternalName());
        if (name.endsWith("-info")) {
            return;
        }
        Set<String> names = references.computeIfAbsent(name, key -> new TreeSet<>());
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof Utf8Entry utf8) {
                String text = utf8.stringValue();
                names.add(topLevel(text));
                Matcher types = DESCRIPTOR.matcher(text);
                while (types.find()) {
                    names.add(topLevel(types.group(1)));
                }
            }
        }
    }

    private static String topLevel(String internalName) {
        int nested = internalName.indexOf('$');
        return (nested < 0 ? internalName : internalName.substring(0, nested)).replace('/', '.');
    }

    /** Returns the top-level classes of each package. */
    Map<String, List<String>> packages() {
        return references.keySet().stream()
                .collect(
                        Collectors.groupingBy(
                                ProductStructure::packageOf, TreeMap::new, Collectors.toList()));
    }

    static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('.'));
    }

    /** Returns the cycles of classes inside each package. */
    Map<String, List<List<String>>> classCycles() {
        Map<String, List<List<String>>> cycles = new TreeMap<>();
        packages()
                .forEach(
                        (name, types) ->
                                cycles.put(
                                        name,
                                        cycles(
                                                types,
                                                type ->
                                                        references.get(type).stream()
                                                                .filter(types::contains)
                                                                .toList())));
        return cycles;
    }

    /** Returns the cycles of packages. */
    List<List<String>> packageCycles() {
        Map<String, List<String>> packages = packages();
        return cycles(
                packages.keySet(),
                name ->
                        packages.get(name).stream()
                                .flatMap(type -> references.get(type).stream())
                                .map(ProductStructure::packageOf)
                                .distinct()
                                .toList());
    }

    private static int largest(List<List<String>> cycles) {
        return cycles.stream().mapToInt(List::size).max().orElse(0);
    }

    /** Returns the strongly connected components of more than one node (Tarjan). */
    private static List<List<String>> cycles(
            Iterable<String> nodes, Function<String, ? extends Iterable<String>> edges) {
        Components components = new Components(edges);
        for (String node : nodes) {
            components.visit(node);
        }
        return components.found;
    }

    private static final class Components {
        private final Function<String, ? extends Iterable<String>> edges;
        private final Map<String, Integer> lowest = new HashMap<>();
        private final Deque<String> stack = new ArrayDeque<>();
        private final List<List<String>> found = new ArrayList<>();

        private Components(Function<String, ? extends Iterable<String>> edges) {
            this.edges = edges;
        }

        private void visit(String node) {
            if (lowest.containsKey(node)) {
                return;
            }
            int index = lowest.size();
            lowest.put(node, index);
            stack.push(node);
            for (String next : edges.apply(node)) {
                visit(next);
                if (stack.contains(next)) {
                    lowest.merge(node, lowest.get(next), Math::min);
                }
            }
            if (lowest.get(node) == index) {
                List<String> component = new ArrayList<>();
                do {
                    component.add(stack.peek());
                } while (!stack.pop().equals(node));
                if (component.size() > 1) {
                    found.add(component.stream().sorted().toList());
                }
            }
        }
    }
}
