package net.launcher.command;

/** Groups of options in help texts, in their order. */
public enum OptionGroup {
    SERVICE("Service"),
    EXCHANGE("Exchange"),
    SCHEDULE("Schedule"),
    LOAD("Load"),
    ACCESS("Access control"),
    LIMITS("Limits"),
    NETWORK("Network"),
    OUTPUT("Output"),
    GENERAL("General");

    private final String heading;

    OptionGroup(String heading) {
        this.heading = heading;
    }

    String heading() {
        return heading;
    }
}
