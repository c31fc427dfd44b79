package net.protocol;

/** What a server does for a peer; {@link Protocol} has the bytes. */
public enum Service {
    /** TCP: the server greets, takes one message and closes. */
    GREET("greet"),

    /** UDP: the server takes each datagram as a message and never answers. */
    RECEIVE("receive");

    private final String label;

    Service(String label) {
        this.label = label;
    }

    /**
     * Returns the name as command lines and reports spell it.
     *
     * @return lower-case letters
     */
    public String label() {
        return label;
    }
}
