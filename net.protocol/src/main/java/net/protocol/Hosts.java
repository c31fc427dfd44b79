package net.protocol;

import net.protocol.internal.Preconditions;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Syntax of hosts: names, IPv4 and IPv6 addresses. */
final class Hosts {
    /** RFC 1035, section 2.3.4. */
    private static final int MAX_NAME_LENGTH = 253;

    /** A longer name that starts with digits may be a container ID rather than a mistyped port. */
    private static final int MAX_PORT_DIGITS = 5;

    private static final int MAX_LABEL_LENGTH = 63;

    /** Texts of EAI_NONAME, EAI_NODATA and EAI_ADDRFAMILY: the name has no address. */
    private static final List<String> NOT_FOUND =
            List.of(
                    "Name or service not known",
                    "No address associated with hostname",
                    "Address family for hostname not supported");

    private Hosts() {}

    /** Throws {@link IllegalArgumentException} unless the host is a valid name or address. */
    static void check(String host) {
        if (host.isEmpty()) {
            return;
        }
        if (host.indexOf(':') >= 0) {
            require(isIpv6(host), "host must be a valid IPv6 address", host);
        } else if (endsInNumber(host)) {
            require(
                    host.indexOf('.') >= 0,
                    "host must not have digits only (a port is written :PORT)",
                    host);
            require(isIpv4(host), "host must be an IPv4 address of four numbers", host);
        } else {
            require(
                    !isNumberWithLetter(host),
                    "host must not be a number with a letter (a port has digits only)",
                    host);
            require(isName(host), "host must be a valid name or address", host);
        }
    }

    private static void require(boolean holds, String rule, String host) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + Preconditions.shown(host));
        }
    }

    /** Returns whether a host that {@link #check} accepts is an address rather than a name. */
    static boolean isNumeric(String host) {
        return host.indexOf(':') >= 0 || endsInNumber(host);
    }

    /**
     * Returns the address of a numeric host that {@link #check} accepts; its zone, if any, must be
     * an interface of this machine.
     */
    static InetAddress literal(String host) throws SocketException {
        try {
            // No lookup: getByName parses every numeric host that check accepts.
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            SocketException noInterface = new SocketException("no such interface");
            noInterface.initCause(e);
            throw noInterface;
        }
    }

    /** Returns the addresses of a name from the system's resolver. */
    static InetAddress[] lookUp(String name) throws UnknownHostException {
        try {
            if (isInvalid(name)) {
                throw new UnknownHostException(name);
            }
            return InetAddress.getAllByName(name);
        } catch (UnknownHostException e) {
            throw failure(name, e);
        }
    }

    /** Distinguishes a resolver's failure from an unknown name, by the system's text. */
    static UnknownHostException failure(String name, UnknownHostException cause) {
        String message = String.valueOf(cause.getMessage());
        String prefix = name + ": ";
        // The JDK caches a failure for ten seconds, without the text.
        String text = message.startsWith(prefix) ? message.substring(prefix.length()) : "";
        UnknownHostException failure =
                text.isEmpty() || NOT_FOUND.contains(text)
                        ? new UnknownHostException("name not found")
                        : new ResolverException(
                                text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1));
        failure.initCause(cause);
        return failure;
    }

    /**
     * Returns whether a name is in the domain {@code invalid}, which never exists (RFC 6761,
     * section 6.4).
     */
    private static boolean isInvalid(String name) {
        String host = withoutRoot(name).toLowerCase(Locale.ROOT);
        return host.equals("invalid") || host.endsWith(".invalid");
    }

    /** Returns the wildcard address of a family. */
    static InetAddress wildcard(AddressFamily family) {
        try {
            return InetAddress.getByAddress(new byte[family == AddressFamily.IPV4 ? 4 : 16]);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether all characters match; a loop starts faster than a stream. */
    static boolean allMatch(String text, IntPredicate rule) {
        for (int i = 0; i < text.length(); i++) {
            if (!rule.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Returns whether the last label has digits only, which no name has: the host is an address.
     */
    private static boolean endsInNumber(String host) {
        String name = withoutRoot(host);
        String label = name.substring(name.lastIndexOf('.') + 1);
        return !label.isEmpty() && allMatch(label, Hosts::isDigit);
    }

    /** Detects a mistyped port, such as {@code 8888x}. */
    private static boolean isNumberWithLetter(String host) {
        int last = host.length() - 1;
        return last > 0
                && last <= MAX_PORT_DIGITS
                && allMatch(host.substring(0, last), Hosts::isDigit);
    }

    /**
     * Returns whether a host is four decimal numbers; the JDK also accepts {@code 127.1} and {@code
     * 010.0.0.1}.
     */
    private static boolean isIpv4(String host) {
        String[] parts = host.split("\\.", -1);
        for (String part : parts) {
            boolean octet =
                    !part.isEmpty()
                            && part.length() <= 3
                            && allMatch(part, Hosts::isDigit)
                            && (part.length() == 1 || part.charAt(0) != '0')
                            && Integer.parseInt(part) <= 255;
            if (!octet) {
                return false;
            }
        }
        return parts.length == 4;
    }

    /** Returns whether a text is an IPv6 address with an optional zone. */
    static boolean isIpv6(String host) {
        int percent = host.indexOf('%');
        String address = percent < 0 ? host : host.substring(0, percent);
        String zone = percent < 0 ? "0" : host.substring(percent + 1);
        // The JDK accepts any characters in a zone, and looks up a host that does not begin like a
        // literal.
        if (address.indexOf(':') < 0
                || address.charAt(0) == '.'
                || !allMatch(address, Hosts::isIpv6Part)
                || zone.isEmpty()
                || !allMatch(zone, Hosts::isZone)) {
            return false;
        }
        // The JDK also accepts groups such as 00001, and 010.0.0.1 at the end.
        for (String group : address.split(":")) {
            if (group.length() > 4 && !isIpv4(group)) {
                return false;
            }
        }
        try {
            InetAddress.getByName(address);
            return true;
        } catch (UnknownHostException expected) {
            return false;
        }
    }

    private static boolean isIpv6Part(int c) {
        return isHexDigit(c) || c == ':' || c == '.';
    }

    static boolean isHexDigit(int c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** Operating systems allow nearly any character in the name of an interface. */
    private static boolean isZone(int c) {
        return c > ' ' && c < 0x7F && c != '%' && c != '/' && c != ']';
    }

    private static boolean isName(String host) {
        String name = withoutRoot(host);
        if (name.length() > MAX_NAME_LENGTH) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > MAX_LABEL_LENGTH
                    || label.startsWith("-")
                    || label.endsWith("-")
                    || !allMatch(label, Hosts::isNamePart)) {
                return false;
            }
        }
        return true;
    }

    /** Returns a name without its trailing dot, if any. */
    private static String withoutRoot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** RFC 1123, section 2.1, and the underscore, which is common in practice. */
    private static boolean isNamePart(int c) {
        return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_';
    }

    /** Returns the numeric form of an address, for IPv6 that of RFC 5952, section 4. */
    static String numeric(InetAddress address) {
        String java = address.getHostAddress();
        if (!(address instanceof Inet6Address)) {
            return java;
        }
        int percent = java.indexOf('%');
        String zone = percent < 0 ? "" : java.substring(percent);
        String[] groups = java.substring(0, java.length() - zone.length()).split(":");
        int runStart = 0;
        int runLength = 0;
        for (int i = 0; i < groups.length; i++) {
            int end = i;
            while (end < groups.length && groups[end].equals("0")) {
                end++;
            }
            if (end - i > runLength) {
                runStart = i;
                runLength = end - i;
            }
        }
        if (runLength < 2) {
            return java;
        }
        return join(groups, 0, runStart)
                + "::"
                + join(groups, runStart + runLength, groups.length)
                + zone;
    }

    private static String join(String[] groups, int from, int to) {
        return String.join(":", Arrays.asList(groups).subList(from, to));
    }
}
