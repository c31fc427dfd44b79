package net.server.access;

/** Reasons for which a server refuses a peer, or an answer. */
public enum RefusalReason {
    /** The filter does not permit the peer's address. */
    DENIED("denied"),

    /** The family of the peer's address is not served. */
    FAMILY("family"),

    /** The maximum number of connections is reached. */
    LIMIT("limit"),

    /** The maximum number of connections from the peer's address is reached. */
    SOURCE_LIMIT("source_limit"),

    /** The sender's port is below 1024: 0, or a port of system services. */
    SERVICE_PORT("service_port"),

    /** The sender's port is one of the server's own ports, at any address. */
    OWN_PORT("own_port"),

    /** The sender's address is multicast, broadcast or unspecified. */
    GROUP_ADDRESS("group_address"),

    /** The answer rate of the sender's network is exceeded. */
    RATE("answer_rate"),

    /** The sender keeps returning the server's answers. */
    LOOP("loop");

    private final String label;

    RefusalReason(String label) {
        this.label = label;
    }

    /**
     * Returns the name in reports.
     *
     * @return lower-case letters and underscores
     */
    public String label() {
        return label;
    }
}
