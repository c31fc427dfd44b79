package net.launcher.metrics;

import java.io.IOException;

/** Provider of the metrics of a run. Called by the threads of the endpoint. */
@FunctionalInterface
public interface MetricsSource {
    /** Writes the current values, family by family. */
    void write(Exposition out) throws IOException;
}
