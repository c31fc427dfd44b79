package net.launcher.image;

/** Programs that speak TCP and UDP and were written by others, as clients on this machine. */
enum Tool {
    NCAT("ncat", "ncat 127.0.0.1 ", "ncat --recv-only 127.0.0.1 ", "ncat -u 127.0.0.1 "),
    NETCAT(
            "nc.openbsd",
            "nc.openbsd -N 127.0.0.1 ",
            "nc.openbsd -d 127.0.0.1 ",
            "nc.openbsd -u 127.0.0.1 "),
    SOCAT(
            "socat",
            "socat -t 30 - TCP4:127.0.0.1:",
            "socat -u TCP4:127.0.0.1:",
            "socat - UDP4:127.0.0.1:");

    private final String program;
    private final String tcp;
    private final String tcpReading;
    private final String udp;

    Tool(String program, String tcp, String tcpReading, String udp) {
        this.program = program;
        this.tcp = tcp;
        this.tcpReading = tcpReading;
        this.udp = udp;
    }

    /** Skips the test where it is not installed. */
    void need() {
        Assume.success("sh", "-c", "command -v " + program);
    }

    /** A command that sends its input, half-closes, and writes what comes until the end. */
    String tcp(int port) {
        return tcp + port;
    }

    /** A command that sends nothing, and writes what comes. */
    String tcpReading(int port) {
        return tcpReading + port + (this == SOCAT ? " -" : "");
    }

    /** A command that sends each of its reads as a datagram, and writes what comes. */
    String udp(int port) {
        return udp + port;
    }
}
