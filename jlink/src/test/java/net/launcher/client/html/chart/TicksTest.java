package net.launcher.client.html.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.launcher.client.html.chart.Ticks.Tick;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Random;

class TicksTest {
    private static String labels(List<Tick> ticks) {
        return String.join(" ", ticks.stream().map(Tick::label).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 5, 0 2 4 6 8 10",
        "0, 10, 10, 0 1 2 3 4 5 6 7 8 9 10",
        "0, 0.3, 3, 0 0.1 0.2 0.3",
        "0, 800, 4, 0 200 400 600 800",
        "0, 60, 8, 0 10 20 30 40 50 60",
        "31, 44, 8, 32 34 36 38 40 42 44",
        "0.0031, 0.0044, 4, 0.0035 0.004",
        "0, 2000000, 2, 0 1000000 2000000"
    })
    void linearTicksAreMultiplesOfARoundNumber(
            double lower, double upper, int most, String expected) {
        assertEquals(expected, labels(Ticks.linear(lower, upper, most)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, 1 2 5 10",
        "0.02, 0.5, 0.02 0.05 0.1 0.2 0.5",
        "0.03, 3, 0.05 0.1 0.2 0.5 1 2",
        "1, 1000, 1 2 5 10 20 50 100 200 500 1000",
        "1, 2000, 1 2 5 10 20 50 100 200 500 1000 2000",
        "1, 5000, '1   10   100   1000  '",
        "0.02, 500, '  0.1   1   10   100  '"
    })
    void logarithmicTicksAreRoundNumbers(double lower, double upper, String expected) {
        assertEquals(expected, labels(Ticks.log(lower, upper)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1",
        "1.1, 1, 2",
        "2, 2, 2",
        "4.9, 2, 5",
        "5, 5, 5",
        "9, 5, 10",
        "0.0123, 0.01, 0.02",
        "0.05, 0.05, 0.05",
        "312, 200, 500"
    })
    void roundsToTheNearestRoundNumber(double number, double below, double above) {
        assertEquals(below, Ticks.roundDown(number), below / 1e9);
        assertEquals(above, Ticks.roundUp(number), above / 1e9);
    }

    @Test
    void linearAxisHasFourToNineTicks() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            double upper = Math.pow(10, random.nextDouble(-6, 9));
            int count = Ticks.linear(0, upper, 8).size();
            assertTrue(count >= 4 && count <= 9, upper + ": " + count);
        }
    }

    @Test
    void clampsValuesToTheAxis() {
        Axis linear = Axis.linear(10, 30, 100, 200);
        assertEquals(100, linear.at(10));
        assertEquals(150, linear.at(20));
        assertEquals(200, linear.at(31));
        assertEquals(100, linear.at(9));
        Axis log = Axis.log(0.1, 1000, 400, 0);
        assertEquals(400, log.at(0.1), 1e-9);
        assertEquals(300, log.at(1), 1e-9);
        assertEquals(0, log.at(1000), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "391, 400, 0 100 200 300 400",
        "400, 400, 0 100 200 300 400",
        "401, 500, 0 100 200 300 400 500",
        "1300, 1500, 0 500 1000 1500",
        "0.07, 0.08, 0 0.02 0.04 0.06 0.08",
        "1, 1, 0 0.2 0.4 0.6 0.8 1"
    })
    void axisFromZeroEndsAtATickNotBelowTheMaximum(double max, double upper, String labels) {
        Axis axis = Axis.fromZero(max, 0, 1);
        assertEquals(upper, axis.upper(), 1e-12);
        assertEquals(labels, labels(axis.ticks()));
    }

    @Test
    void axisIsLogarithmicFromARatioOfEight() {
        assertTrue(Axis.of(1, 8, 0, 1).isLog());
        Axis axis = Axis.of(1, 7.99, 0, 1);
        assertEquals(List.of(false, 0.0, 8.0), List.of(axis.isLog(), axis.lower(), axis.upper()));
    }
}
