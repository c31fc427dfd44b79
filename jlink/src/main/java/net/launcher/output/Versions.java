package net.launcher.output;

import java.lang.module.ModuleDescriptor;
import java.util.stream.Collectors;

/** Versions of the project, the JDK and the modules. */
public final class Versions {
    private Versions() {}

    /** Returns the version of this project. */
    public static String project() {
        return version(Versions.class.getModule().getDescriptor());
    }

    /** Returns the versions of the project, the JDK, and each module outside the JDK. */
    public static String text() {
        String modules =
                ModuleLayer.boot().modules().stream()
                        .map(Module::getDescriptor)
                        .filter(module -> !module.name().matches("(java|jdk)\\..*"))
                        .map(module -> module.name() + " " + version(module))
                        .sorted()
                        .collect(Collectors.joining("\n"));
        return "netpair " + project() + "\nJDK " + Runtime.version() + "\n" + modules + "\n";
    }

    private static String version(ModuleDescriptor module) {
        return module.rawVersion().orElse("unknown");
    }
}
