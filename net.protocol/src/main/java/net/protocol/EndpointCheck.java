package net.protocol;

import net.protocol.internal.Preconditions;

/** Rejects texts that resemble endpoints, with an error that suggests the correct form. */
final class EndpointCheck {
    private static final int MAX_GROUP_LENGTH = 4;

    private EndpointCheck() {}

    /** Rejects a URL. */
    static void requireNoUrl(String text) {
        require(!text.contains("://"), "HOST or HOST:PORT, not a URL", text);
    }

    /**
     * Rejects an unbracketed text with several colons that has two ports, or an IPv6 address
     * followed by a port.
     */
    static void requireAddressOnly(String text) {
        int last = text.lastIndexOf(':');
        String address = text.substring(0, last);
        String port = text.substring(last + 1);
        boolean hasPort = !port.isEmpty() && Hosts.allMatch(port, Hosts::isDigit);
        if (hasPort && Hosts.isIpv6(address)) {
            String withPort = "[" + address + "]:" + port;
            boolean isAddress = Hosts.isIpv6(text);
            require(false, isAddress ? "[" + text + "] or " + withPort : withPort, text);
        }
        String first = text.substring(0, text.indexOf(':'));
        boolean isGroup =
                first.length() <= MAX_GROUP_LENGTH && Hosts.allMatch(first, Hosts::isHexDigit);
        require(isGroup || text.contains("::"), "HOST or HOST:PORT, with one port", text);
    }

    private static void require(boolean holds, String form, String text) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "endpoint must be " + form + ": " + Preconditions.shown(text));
        }
    }
}
