package net.launcher.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;

/** Images and containers of podman, in a folder of their own. */
record ContainerStore(Path folder) {
    /** Options for a container without write access, under limits that any user may set. */
    static final String[] RUN = {
        "run",
        "--rm",
        "--log-driver=none",
        "--ulimit=nofile=1024:1024",
        "--ulimit=nproc=1024:1024",
        "--health-interval=disable",
        "--read-only",
        "--read-only-tmpfs=false"
    };

    /** A container whose process 1 is in the foreground. Closing removes it. */
    record Container(ContainerStore store, String name, RunningProcess process)
            implements AutoCloseable {
        /** Runs a command in the container. */
        ProcessResult exec(String... command) {
            return store.podman("exec", name).with(command).run();
        }

        /** Runs the health check. */
        ProcessResult health() {
            return store.podman("healthcheck", "run", name).run();
        }

        /** Sends a signal to process 1, and waits for the end. */
        ProcessResult end(String signal) {
            store.succeed("kill", "--signal", signal, name);
            return process.end();
        }

        @Override
        public void close() {
            store.podman("rm", "--force", "--time", "0", name).run();
            process.close();
        }
    }

    ProcessCommand podman(String... args) {
        return ProcessCommand.at(Path.of("podman"), global()).with(args);
    }

    private String[] global() {
        return new String[] {
            "--root=" + folder.resolve("root"),
            "--runroot=" + folder.resolve("run"),
            "--tmpdir=" + folder.resolve("tmp"),
            "--storage-driver=vfs",
            "--runtime=runc",
            "--cgroup-manager=cgroupfs",
            "--events-backend=none",
            // Without systemd, podman logs that it starts no timers for health checks.
            "--log-level=fatal"
        };
    }

    /** Runs a podman command, which must succeed, and returns its output. */
    String succeed(String... args) {
        ProcessResult ended = podman(args).run(120);
        assertEquals(0, ended.status(), ended::toString);
        return ended.out().strip();
    }

    /** Runs a command in a container of its own, to its end. */
    ProcessResult run(String... imageAndCommand) {
        return podman(RUN).with("--network=none").with(imageAndCommand).run();
    }

    /**
     * Starts a container on a network: {@code none}, which has a loopback interface, or {@code
     * host}.
     */
    Container start(String name, String network, String... imageAndCommand) {
        ProcessCommand run = podman(RUN).with("--name", name, "--network=" + network);
        return new Container(this, name, run.with(imageAndCommand).start());
    }
}
