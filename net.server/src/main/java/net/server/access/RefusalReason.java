package net.server.access;

/** Why a server did not take a peer, or did not answer it. */
public enum RefusalReason {
    /** The filter does not permit the peer's address. */
    DENIED("denied"),

    /** The peer's address is of a family that the server was told not to serve. */
    FAMILY("family"),

    /** As many peers as the server takes are connected. */
    LIMIT("limit"),

    /** As many peers as the server takes from one address are connected from this one. */
    SOURCE_LIMIT("source_limit"),

    /** The sender's port is below 1024, as those of services are; port 0 is none to answer to. */
    SERVICE_PORT("service_port"),

    /** The sender's port is one of the server's own, of this machine or another. */
    OWN_PORT("own_port"),

    /** The sender's address is no single machine's: multicast, broadcast, or unspecified. */
    GROUP_ADDRESS("group_address"),

    /** The sender's network has had as many answers as it gets in a second. */
    RATE("answer_rate"),

    /** The sender has been sending the server's own answers back. */
    LOOP("loop");

    private final String label;

    RefusalReason(String label) {
        this.label = label;
    }

    /**
     * Returns the name as reports spell it.
     *
     * @return lower-case letters and underscores
     */
    public String label() {
        return label;
    }
}
