package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The packages for Debian and RPM, installed into a system of their own. */
@Tag("release")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PackagesIT {
    private static final Path TARGET = ProcessCommand.IMAGE.getParent();
    private static final String DEB = "netpair_" + Project.VERSION + "_amd64.deb";
    private static final String RPM = "netpair-" + Project.VERSION + "-1.x86_64.rpm";
    private static final String CACHE = "/usr/lib/netpair/lib/runtime/lib/netpair.aot";
    private static final long BUILD_SECONDS = 400;

    /** Lists all files, except the records of the package managers and caches. */
    private static final String FILES =
            "find / -xdev -not -path '/dev/*'"
                    + " -not -path '/var/lib/dpkg*' -not -path '/var/lib/rpm*'"
                    + " -not -path '/var/log/*' -not -path '/var/cache/*' -not -path '/*.deb'"
                    + " -not -path '/*.rpm'";

    @TempDir private Path folder;

    @BeforeEach
    void requireTools() {
        Assume.success("dpkg-deb", "--version");
        Assume.success("rpm", "--version");
    }

    private static String sh(Path folder, String script) {
        ProcessResult ended =
                ProcessCommand.at(Path.of("sh"), "-c", script)
                        .in(folder)
                        .env("LC_ALL", "C.UTF-8")
                        .run(BUILD_SECONDS);
        assertEquals(0, ended.status(), ended::toString);
        return ended.out();
    }

    private static Set<String> files(DebianRoot root) {
        return root.sh(FILES).lines().collect(Collectors.toSet());
    }

    private static void assertSameFiles(Set<String> before, Set<String> after) {
        assertEquals(Set.of(), difference(before, after), "removed");
        assertEquals(Set.of(), difference(after, before), "left");
    }

    private static Set<String> difference(Set<String> one, Set<String> other) {
        return one.stream().filter(file -> !other.contains(file)).collect(Collectors.toSet());
    }

    private static void assertWorks(DebianRoot root) {
        assertTrue(root.sh("netpair-selftest").contains(" 0 failed, "));
        for (String launcher : List.of("tcp-server", "tcp-client", "udp-server", "udp-client")) {
            String version = root.sh(launcher + " --version");
            assertTrue(version.startsWith("netpair " + Project.VERSION + "\n"), version);
        }
        assertCached(root);
    }

    private static void assertCached(DebianRoot root) {
        root.sh("NETPAIR_JAVA_OPTIONS=-XX:AOTMode=on tcp-client --version");
    }

    /** Returns a package with another version, after changes to its files. */
    private Path changed(String version, String change) throws IOException {
        String script =
                """
                dpkg-deb -R '%s' changed
                cd changed
                %s
                sed -i 's/^Version: .*/Version: %s/' DEBIAN/control
                cd ..
                dpkg-deb --root-owner-group -Znone --build changed netpair_%s.deb
                rm -r changed\
                """
                        .formatted(TARGET.resolve(DEB), change, version, version);
        sh(folder, script);
        return folder.resolve("netpair_" + version + ".deb");
    }

    @Test
    void debInstallsUpgradesAndPurgesWithoutResidue() throws IOException {
        DebianRoot root = DebianRoot.below(folder);
        Set<String> before = files(root);
        root.put(TARGET.resolve(DEB));
        root.sh("dpkg -i /" + DEB);
        assertWorks(root);
        root.put(changed("0.1.1", "rm ." + CACHE + "; sed -i '/netpair.aot/d' DEBIAN/md5sums"));
        root.sh("dpkg -i /netpair_0.1.1.deb");
        // Written after installation.
        assertCached(root);
        root.put(changed("0.1.2", "true"));
        root.sh("dpkg -i /netpair_0.1.2.deb");
        assertWorks(root);
        root.sh("echo --verbose > /etc/netpair/lab.conf");
        root.sh("dpkg --purge netpair");
        assertSameFiles(before, files(root));
    }

    @Test
    void debRemainsWithoutWritableFolder() throws IOException {
        DebianRoot root = DebianRoot.below(folder);
        root.put(changed("0.1.1", "rm ." + CACHE + "; sed -i '/netpair.aot/d' DEBIAN/md5sums"));
        // The self-test fails without its shell, as other steps of an installation may.
        root.sh("dpkg --unpack /netpair_0.1.1.deb && chmod a-x /usr/lib/netpair/bin/selftest");
        root.sh("dpkg --configure netpair");
        assertTrue(root.sh("tcp-client --version").startsWith("netpair "));
    }

    @Test
    void debDependsOnlyOnTheCLibrary() {
        String depends = sh(TARGET, "dpkg-deb -f " + DEB + " Depends");
        assertTrue(depends.matches("libc6 \\(>= 2\\.[0-9]+\\)\n"), depends);
    }

    @Test
    void pagesAndCompletionsHaveTheInstalledNames() {
        List<String> lists = List.of("dpkg-deb -c " + DEB, "rpm -qlp " + RPM);
        for (String list : lists) {
            String files = sh(TARGET, list);
            for (String name : List.of("netpair-selftest", "tcp-client")) {
                assertTrue(files.contains("/usr/share/man/man1/" + name + ".1.gz\n"), files);
                assertTrue(files.contains("/bash-completion/completions/" + name + "\n"), files);
                assertTrue(files.matches("(?s).*/zsh/[a-z-]+/_" + name + "\n.*"), files);
                assertTrue(files.contains("/fish/vendor_completions.d/" + name + ".fish\n"));
            }
            assertFalse(files.matches("(?s).*/usr/share/[^\n]*/_?selftest.*"), files);
        }
    }

    @Test
    void lintianFindsNothing() {
        Assume.success("lintian", "--version");
        assertEquals("", sh(TARGET, "lintian --allow-root --fail-on error,warning " + DEB));
    }

    @Test
    void rpmInstallsAndErases() throws IOException {
        DebianRoot root = DebianRoot.below(folder);
        Set<String> before = files(root);
        String rpm = "rpm --root '" + root.folder() + "' --dbpath /var/lib/rpm --nodeps ";
        sh(TARGET, rpm + "-i " + RPM);
        assertWorks(root);
        // For the scripts of the package.
        String requires = "rpm -qp --requires " + RPM + " | grep -v '^rpmlib(' | sort -u";
        assertEquals("/bin/sh\n", sh(TARGET, requires));
        sh(TARGET, rpm + "-e netpair");
        assertSameFiles(before, files(root));
    }

    /** The class cache differs between builds, so the same image is packed again. */
    @Test
    void packagesAreReproducible() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        sh(TARGET, "cp -a netpair netpair-share netpair*.tar.gz netpair*.cdx.json '" + copy + "'");
        Path program = Project.ROOT.resolve("jlink/build/packages");
        String time =
                Project.read("pom.xml").replaceFirst("(?s).*<project.build.outputTimestamp>", "");
        sh(
                TARGET,
                String.join(
                        " ",
                        "'" + program + "'",
                        "'" + copy + "'",
                        Project.VERSION,
                        "linux-x64",
                        time.substring(0, time.indexOf('<'))));
        for (String file : List.of(DEB, RPM, "SHA256SUMS")) {
            assertEquals(-1, Files.mismatch(TARGET.resolve(file), copy.resolve(file)), file);
        }
    }

    @Test
    void checksumsMatch() throws IOException {
        sh(TARGET, "sha256sum --check --strict SHA256SUMS");
        assertEquals(4, Files.readAllLines(TARGET.resolve("SHA256SUMS")).size());
    }
}
