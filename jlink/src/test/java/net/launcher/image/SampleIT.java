package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Builds and runs a project for Java 17 against the installed jar of net.protocol. */
class SampleIT {
    private static final String GROUP = "io/github/netpair/";

    /** The JDK that runs Maven: any version from 17. */
    private static final String MAVEN_JAVA = System.getProperty("netpair.maven.java");

    @TempDir private Path folder;

    @Test
    void sampleBuildsAgainstInstalledJarAndGreets() throws IOException {
        copySample();
        Path jar = install();
        ProcessResult maven =
                ProcessCommand.at(
                                Project.MAVEN,
                                "-B",
                                "-q",
                                "-o",
                                "-Dmaven.repo.local=" + folder.resolve("repository"),
                                "-Dmaven.repo.local.tail="
                                        + System.getProperty("netpair.repository"),
                                "compile")
                        .env("JAVA_HOME", System.getProperty("java.home"))
                        .in(folder)
                        .run();
        assertEquals(0, maven.status(), () -> maven.out() + maven.err());
        try (RunningProcess server = ProcessCommand.of("tcp-server", "127.0.0.1", "0").start()) {
            ProcessResult greeter =
                    ProcessCommand.at(
                                    Path.of(MAVEN_JAVA, "bin", "java"),
                                    "--module-path",
                                    folder.resolve("target/classes") + File.pathSeparator + jar,
                                    "--module",
                                    "com.example.greeter/com.example.greeter.Greeter",
                                    "127.0.0.1:" + server.port())
                            .run();
            assertEquals(new ProcessResult(0, "hello client!\n", ""), greeter);
            assertEquals("hello sever!", server.awaitOut("hello"));
        }
    }

    private void copySample() throws IOException {
        Path sample = Project.ROOT.resolve("jlink/sample");
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(sample.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    /** Puts the jar and its two poms where {@code mvn install} puts them; returns the jar. */
    private Path install() throws IOException {
        String version = Project.VERSION;
        Path repository = folder.resolve("repository").resolve(GROUP);
        copy("pom.xml", repository.resolve("netpair/" + version + "/netpair-" + version + ".pom"));
        Path module = repository.resolve("net.protocol").resolve(version);
        copy("net.protocol/pom.xml", module.resolve("net.protocol-" + version + ".pom"));
        String jar = "net.protocol-" + version + ".jar";
        copy("net.protocol/target/" + jar, module.resolve(jar));
        return module.resolve(jar);
    }

    private static void copy(String file, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Files.copy(Project.ROOT.resolve(file), target);
    }
}
