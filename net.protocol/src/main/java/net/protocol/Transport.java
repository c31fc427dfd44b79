package net.protocol;

/** The transport protocols. */
public enum Transport {
    /** The Transmission Control Protocol, RFC 9293. */
    TCP("tcp"),

    /** The User Datagram Protocol, RFC 768. */
    UDP("udp");

    private final String label;

    Transport(String label) {
        this.label = label;
    }

    /**
     * Returns the name in reports.
     *
     * @return {@code tcp} or {@code udp}
     */
    public String label() {
        return label;
    }
}
