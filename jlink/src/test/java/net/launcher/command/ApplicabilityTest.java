package net.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

class ApplicabilityTest {
    private final Applicability applicability = new Applicability();

    @Test
    void withoutADeclarationEverythingApplies() {
        assertEquals("", applicability.conflict("echo", List.of("--bulk")));
        assertEquals("", applicability.help(_ -> true));
    }

    @Test
    void oneOfTheServicesOrOptionsIsRequired() {
        applicability.require("discard", "chargen");
        applicability.require("--bulk");
        assertEquals(
                " requires --service discard or chargen, or --bulk",
                applicability.conflict("echo", List.of("--bytes")));
        assertEquals("", applicability.conflict("chargen", List.of("--bytes")));
        assertEquals("", applicability.conflict("echo", List.of("--bytes", "--bulk")));
        assertEquals(" Only with discard, chargen or --bulk.", applicability.help(_ -> true));
    }

    @Test
    void requiredOptionIsNamedAlone() {
        applicability.require("--load");
        assertEquals(" requires --load", applicability.conflict("echo", List.of()));
    }

    @Test
    void excludedServiceOrOptionIsNamed() {
        applicability.exclude("pipe", "--interval");
        assertEquals(
                " cannot be used with --service pipe",
                applicability.conflict("pipe", List.of("--rate", "--interval")));
        assertEquals(
                " cannot be used with --interval",
                applicability.conflict("echo", List.of("--rate", "--interval")));
        assertEquals("", applicability.conflict("echo", List.of("--rate")));
    }

    @Test
    void helpLeavesOutWhatTheLauncherDoesNotHave() {
        applicability.require("echo");
        applicability.exclude("pipe", "stamp", "--bulk", "--probe-size");
        Set<String> known = Set.of("pipe", "--bulk");
        assertEquals(
                " Only with echo. Not with pipe or --bulk.", applicability.help(known::contains));
    }
}
