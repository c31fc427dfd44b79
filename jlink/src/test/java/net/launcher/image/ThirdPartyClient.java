package net.launcher.image;

/** Third-party TCP and UDP clients. */
enum ThirdPartyClient {
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

    ThirdPartyClient(String program, String tcp, String tcpReading, String udp) {
        this.program = program;
        this.tcp = tcp;
        this.tcpReading = tcpReading;
        this.udp = udp;
    }

    /** Skips the test if the tool is not installed. */
    void need() {
        Assume.success("sh", "-c", "command -v " + program);
    }

    /** Returns a command that sends its input, half-closes, and prints the reply. */
    String tcp(int port) {
        return tcp + port;
    }

    /** Returns a command that sends nothing, and prints what it receives. */
    String tcpReading(int port) {
        return tcpReading + port + (this == SOCAT ? " -" : "");
    }

    /** Returns a command that sends each read as a datagram, and prints the replies. */
    String udp(int port) {
        return udp + port;
    }
}
