package net.launcher.command;

import net.launcher.command.value.ByteSize;
import net.launcher.command.value.CountParser;
import net.launcher.command.value.Durations;
import net.launcher.command.value.RateParser;
import net.launcher.output.Diagnostics;
import net.launcher.output.Format;
import net.launcher.output.Output;
import net.protocol.AddressFamily;
import net.protocol.Endpoint;
import net.protocol.Protocol;
import net.protocol.Service;
import net.protocol.Transport;

import picocli.CommandLine.ParseResult;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A parsed command line, and the streams for results and diagnostics. Each accessor throws {@link
 * IllegalArgumentException} if the value is not valid.
 *
 * @param service the service in use, empty if the launcher has none
 */
public record Invocation(ParseResult options, String service, Output out, Diagnostics err) {
    /** Returns the service of a name that the launcher allows. */
    public static Service serviceNamed(String label) {
        return Service.valueOf(label.toUpperCase(Locale.ROOT));
    }

    public Format format() {
        return Format.parse(options.matchedOptionValue("--format", Format.TEXT.toString()));
    }

    /**
     * Returns the endpoints to listen on by service, as the operands name them, in their order: at
     * least one service, each with at least one endpoint. {@link #service} is that of operands
     * without a name.
     */
    public Map<String, List<Endpoint>> endpointsByService(Transport transport) {
        Map<String, List<Endpoint>> endpoints = new LinkedHashMap<>();
        List<String> hosts = hosts(options);
        if (hosts.isEmpty()) {
            endpoints.put(service, List.of(defaultEndpoint()));
        }
        for (String operand : hosts) {
            ServiceOperand parsed = ServiceOperand.parse(operand);
            Endpoint endpoint = endpoint(parsed, operand);
            String name = parsed.serviceOr(service);
            for (Map.Entry<String, List<Endpoint>> others : endpoints.entrySet()) {
                if (others.getKey().equals(name)) {
                    requireNew(endpoint, others.getValue());
                } else {
                    requireNoOverlap(transport, others.getKey(), others.getValue(), name, endpoint);
                }
            }
            if (!endpoints.containsKey(name)) {
                endpoints.put(name, new ArrayList<>());
            }
            endpoints.get(name).add(endpoint);
        }
        return endpoints;
    }

    /** Returns the operands, except the last one if it is the port. */
    static List<String> hosts(ParseResult options) {
        List<String> operands = operands(options);
        boolean hasPort = !operands.isEmpty() && CountParser.isNumber(operands.getLast());
        return hasPort ? operands.subList(0, operands.size() - 1) : operands;
    }

    private boolean hasPort() {
        return hosts(options).size() < operands().size();
    }

    /**
     * Returns the endpoint of a command line without one: the default host, and the port if any.
     */
    public Endpoint defaultEndpoint() {
        int port = hasPort() ? Endpoint.parsePort(operands().getLast()) : Protocol.DEFAULT_PORT;
        return new Endpoint(Protocol.DEFAULT_HOST, port);
    }

    /** Returns the operands as given. */
    public List<String> operands() {
        return operands(options);
    }

    private static List<String> operands(ParseResult options) {
        return options.matchedPositionalValue(0, List.of());
    }

    /** Returns the operands, except the last one if it is the port. */
    public List<String> hosts() {
        return hosts(options);
    }

    /** Returns the endpoint of an operand, with the port that is the last operand, if any. */
    public Endpoint endpoint(String operand) {
        return endpoint(new ServiceOperand("", operand), operand);
    }

    private Endpoint endpoint(ServiceOperand parsed, String operand) {
        if (!hasPort()) {
            return parsed.toEndpoint(Protocol.DEFAULT_PORT);
        }
        String portOperand = operands().getLast();
        int port = Endpoint.parsePort(portOperand);
        if (parsed.toEndpoint(0).port() == parsed.toEndpoint(1).port()) {
            throw new IllegalArgumentException(
                    "port must be given once: " + operand + " " + portOperand);
        }
        return parsed.toEndpoint(port);
    }

    /** Rejects a repeated endpoint, which is a mistake. */
    public static void requireNew(Endpoint endpoint, List<Endpoint> endpoints) {
        for (Endpoint other : endpoints) {
            if (other.port() == endpoint.port() && canonical(other).equals(canonical(endpoint))) {
                throw new IllegalArgumentException("endpoint must be given once: " + endpoint);
            }
        }
    }

    /** Rejects an endpoint that has an address and port of another service, as far as is known. */
    private static void requireNoOverlap(
            Transport transport,
            String otherService,
            List<Endpoint> others,
            String service,
            Endpoint endpoint) {
        for (Endpoint other : others) {
            // The system chooses a port for each service.
            boolean hasSamePort = other.port() == endpoint.port() && endpoint.port() != 0;
            if (hasSamePort
                    && (includes(transport, other, endpoint)
                            || includes(transport, endpoint, other))) {
                throw new IllegalArgumentException(
                        "services must have different ports or addresses: "
                                + otherService
                                + "="
                                + other
                                + " "
                                + service
                                + "="
                                + endpoint);
            }
        }
    }

    /**
     * Returns whether a host is the other one, or over TCP a wildcard that includes it. Over UDP, a
     * service that answers binds the addresses of the interfaces instead of a wildcard.
     */
    private static boolean includes(Transport transport, Endpoint endpoint, Endpoint other) {
        String host = canonical(endpoint);
        String otherHost = canonical(other);
        boolean isIpv4 = other.isNumeric() && otherHost.indexOf(':') < 0;
        boolean isWildcard =
                host.equals(Endpoint.ANY_HOST)
                        || host.equals("::")
                        || host.equals("0.0.0.0") && isIpv4;
        return host.equals(otherHost) || transport == Transport.TCP && isWildcard;
    }

    /** Returns the host in lower case, or an address in its canonical form. */
    private static String canonical(Endpoint endpoint) {
        String host = endpoint.host();
        if (!endpoint.isNumeric() || host.equals(Endpoint.ANY_HOST)) {
            return host.toLowerCase(Locale.ROOT);
        }
        try {
            return Endpoint.of(endpoint.resolve().getFirst()).host();
        } catch (IOException expected) {
            // This machine does not have the zone.
            return host;
        }
    }

    /** Returns the option that restricts the address family. */
    public String familyOption() {
        return has("-4") ? "-4" : "-6";
    }

    /** Returns the address family of {@code -4} or {@code -6}, or any. */
    public AddressFamily family() {
        return has("-4") ? AddressFamily.IPV4 : has("-6") ? AddressFamily.IPV6 : AddressFamily.ANY;
    }

    public Duration duration(String option, Duration defaultDuration) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultDuration : Durations.parse(option, text);
    }

    public int count(String option, int defaultCount) {
        return (int) count(option, defaultCount, Integer.MAX_VALUE);
    }

    public long count(String option, long defaultCount, long max) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultCount : CountParser.parse(option, text, max);
    }

    /** Returns the value of an option that is a rate per second. */
    public int rate(String option, int defaultRate, int max) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultRate : (int) RateParser.parse(option, text, max);
    }

    /** Returns the value of an option that is a size, in bytes. */
    public int size(String option, int defaultBytes, int maxBytes) {
        String text = options.matchedOptionValue(option, (String) null);
        return text == null ? defaultBytes : (int) ByteSize.parse(option, text, maxBytes);
    }

    /**
     * Returns the elements of the comma-separated lists that are the values of an option, in order;
     * empty if it is not given.
     */
    public List<String> values(String option) {
        List<String> lists = each(option);
        if (lists.isEmpty()) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (String list : lists) {
            if (list.isEmpty()) {
                throw new IllegalArgumentException(option + " must not be empty");
            }
            for (String value : list.split(",", -1)) {
                if (value.isEmpty()) {
                    throw new IllegalArgumentException(
                            option + " must not have an empty part: " + list);
                }
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    /** Returns all values of an option that can be repeated. */
    public List<String> each(String option) {
        return options.matchedOptionValue(option, List.of());
    }

    /** Returns the value of an option, or empty if it is not given. */
    public Optional<String> value(String option) {
        return Optional.ofNullable(options.matchedOptionValue(option, (String) null));
    }

    /** Returns all arguments. */
    public List<String> arguments() {
        return Parser.given(options);
    }

    public boolean has(String flag) {
        return options.hasMatchedOption(flag);
    }
}
