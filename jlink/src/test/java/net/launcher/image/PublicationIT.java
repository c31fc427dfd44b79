package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;

/**
 * The libraries and their parent, deployed to a folder as for Maven Central, whose requirements are
 * at https://central.sonatype.org/publish/requirements/.
 */
@Tag("release")
class PublicationIT {
    static final String[] LIBRARIES = {"net.protocol", "net.server", "net.client"};

    static final String[] ARTIFACTS = {"netpair", "net.protocol", "net.server", "net.client"};

    private static final long BUILD_SECONDS = 480;

    private static final String EFFECTIVE_POM =
            "org.apache.maven.plugins:maven-help-plugin:3.5.1:effective-pom";

    @TempDir private static Path folder;
    private static Path deployed;
    private static String effective;

    /** Deploys a copy of the sources, since the build under test must not change. */
    @BeforeAll
    @Timeout(BUILD_SECONDS)
    static void deploy() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        ProcessResult copied =
                ProcessCommand.sh(
                                "tar -cf - --exclude=target pom.xml net.* jlink/pom.xml |"
                                        + " tar -xf - -C \"$SOURCES\"")
                        .env("SOURCES", sources.toString())
                        .in(Project.ROOT)
                        .run();
        assertEquals(new ProcessResult(0, "", ""), copied);
        Path repository = folder.resolve("deployed");
        Path poms = folder.resolve("effective.xml");
        maven(
                sources,
                System.getProperty("netpair.maven.java"),
                "-pl",
                ".," + String.join(",", LIBRARIES),
                "-Prelease",
                "-Dmaven.test.skip=true",
                // The format of the sources, which is checked already.
                "-Dexec.skip=true",
                // Not into the local repository, where other projects would find them.
                "-Dmaven.install.skip=true",
                "-DaltDeploymentRepository=folder::" + repository.toUri(),
                "-Doutput=" + poms,
                "deploy",
                EFFECTIVE_POM);
        deployed = repository.resolve("io/github/netpair");
        // The plugin repeats the declaration for each project.
        effective = Files.readString(poms).replaceAll("<\\?xml[^>]*>", "");
    }

    /** Parses the POMs anew, since a document is not thread-safe. */
    private static Document parse() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(effective)));
    }

    private static void maven(Path project, String java, String... args) {
        ProcessResult maven =
                ProcessCommand.at(Project.MAVEN, "-B", "-q")
                        .with(args)
                        .env("JAVA_HOME", java)
                        .in(project)
                        .run(BUILD_SECONDS);
        assertEquals(0, maven.status(), () -> maven.out() + maven.err());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void onlyLibrariesAndParentAreDeployed() throws IOException {
        assertEquals(Stream.of(ARTIFACTS).sorted().toList(), names(deployed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jlink/pom.xml", "jlink/bench/pom.xml"})
    void programsAreNotDeployed(String pom) {
        assertTrue(Project.read(pom).contains("<maven.deploy.skip>true</maven.deploy.skip>"), pom);
    }

    @ParameterizedTest
    @FieldSource("ARTIFACTS")
    void effectivePomHasWhatCentralRequires(String artifact) throws Exception {
        XPath xpath = XPathFactory.newInstance().newXPath();
        Node project =
                xpath.evaluateExpression(
                        "//project[artifactId='" + artifact + "']", parse(), Node.class);
        for (String required :
                List.of(
                        "groupId[.='io.github.netpair']",
                        "version[.='" + Project.VERSION + "']",
                        "name",
                        "description",
                        "url[.='https://github.com/netpair/netpair']",
                        "licenses/license/name",
                        "licenses/license/url",
                        "developers/developer[name='The Netpair project']",
                        "scm/connection[.='scm:git:https://github.com/netpair/netpair.git']",
                        "scm/developerConnection",
                        "scm/url[.='https://github.com/netpair/netpair']")) {
            assertFalse(xpath.evaluate(required, project).isBlank(), artifact + ": " + required);
        }
        String dependencies = "dependencies/dependency[not(scope='test')]/groupId";
        String foreign = dependencies + "[.!='io.github.netpair']";
        assertEquals("", xpath.evaluate(foreign, project), artifact);
    }

    @ParameterizedTest
    @FieldSource("ARTIFACTS")
    void everyPomHasChecksums(String artifact) throws IOException {
        List<String> files = names(deployed.resolve(artifact).resolve(Project.VERSION));
        String pom = artifact + "-" + Project.VERSION + ".pom";
        assertTrue(files.containsAll(List.of(pom, pom + ".md5", pom + ".sha1")), files::toString);
    }

    /** The build under test has made the same jars, in another folder. */
    @ParameterizedTest
    @FieldSource("LIBRARIES")
    void everyLibraryHasReproducibleSourcesAndJavadoc(String library) throws IOException {
        Path version = deployed.resolve(library).resolve(Project.VERSION);
        for (String kind : List.of("", "-sources", "-javadoc")) {
            String jar = library + "-" + Project.VERSION + kind + ".jar";
            assertTrue(Files.exists(version.resolve(jar + ".sha1")), jar);
            Path built = Project.ROOT.resolve(library).resolve("target").resolve(jar);
            // -Dmaven.javadoc.skip leaves one out.
            if (Files.exists(built)) {
                assertEquals(-1, Files.mismatch(version.resolve(jar), built), jar);
            }
        }
    }

    @Test
    @Timeout(BUILD_SECONDS)
    void projectImportsTheParentAndResolvesTheLibraries() throws Exception {
        Path project = folder.resolve("consumer");
        Path source = Files.createDirectories(project.resolve("src/main/java"));
        Path pom = Path.of(PublicationIT.class.getResource("/consumer/pom.xml").toURI());
        Files.copy(pom, project.resolve("pom.xml"));
        Files.writeString(
                source.resolve("module-info.java"),
                "module com.example.consumer { requires net.server; requires net.client; }\n");
        Path repository = project.resolve("repository");
        maven(
                project,
                System.getProperty("java.home"),
                "-Dnetpair.version=" + Project.VERSION,
                "-Ddeployed=" + folder.resolve("deployed").toUri(),
                "-Dmaven.repo.local=" + repository,
                "-Dmaven.repo.local.tail=" + System.getProperty("netpair.repository"),
                "compile");
        assertTrue(Files.exists(project.resolve("target/classes/module-info.class")));
        assertEquals(
                Stream.of(ARTIFACTS).sorted().toList(),
                names(repository.resolve("io/github/netpair")));
    }
}
