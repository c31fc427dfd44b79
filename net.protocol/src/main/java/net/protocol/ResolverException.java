package net.protocol;

import java.net.UnknownHostException;

/**
 * Thrown when the system's resolver fails, so that it is not known whether a name exists: its name
 * servers do not answer, answer with an error, or refuse (SERVFAIL and REFUSED, RFC 1035, section
 * 4.1.1).
 */
public final class ResolverException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message the reason
     */
    public ResolverException(String message) {
        super(message);
    }
}
