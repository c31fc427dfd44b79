package net.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class StartMeasuresTest {
    @Test
    void countsClassesThatAreNotFromTheCache() {
        List<String> log =
                List.of(
                        "[0.010s][info][class,load] java.lang.Object source: shared objects file",
                        "[0.049s][info][class,load] a.B source: jrt:/java.base",
                        "[0.050s][info][class,load] a.C$$Lambda/0x0 source: a.C");
        assertEquals(2, StartMeasures.notCached(log));
    }

    @Test
    void readsCallsFromTheTotalOfTheTable() {
        List<String> table =
                List.of(
                        "% time     seconds  usecs/call     calls    errors syscall",
                        "------ ----------- ----------- --------- --------- ----------------",
                        " 60.00    0.000030          10         3           read",
                        " 40.00    0.000020           5         4         1 openat",
                        "------ ----------- ----------- --------- --------- ----------------",
                        "100.00    0.000050           7         7         1 total");
        assertEquals(7, StartMeasures.systemCalls(table));
    }
}
