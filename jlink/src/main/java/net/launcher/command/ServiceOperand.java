package net.launcher.command;

import net.launcher.command.value.CountParser;
import net.protocol.Endpoint;
import net.protocol.Protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * An operand of a server, {@code ENDPOINT} or {@code SERVICE=ENDPOINT}.
 *
 * @param service the name of the service, empty if the operand has none
 * @param endpoint the rest of the operand
 */
record ServiceOperand(String service, String endpoint) {
    /** Separates the service from the endpoint; no host contains it. */
    private static final char SEPARATOR = '=';

    static ServiceOperand parse(String operand) {
        int end = operand.indexOf(SEPARATOR);
        return end < 0
                ? new ServiceOperand("", operand)
                : new ServiceOperand(operand.substring(0, end), operand.substring(end + 1));
    }

    /** Returns whether an operand names its service. */
    static boolean isNamed(String operand) {
        return operand.indexOf(SEPARATOR) >= 0;
    }

    /** Returns the service of the operand, by default that of {@code --service}. */
    String serviceOr(String defaultService) {
        return service.isEmpty() ? defaultService : service;
    }

    /** Parses the endpoint; after a service, digits only are its port. */
    Endpoint toEndpoint(int defaultPort) {
        return !service.isEmpty() && CountParser.isNumber(endpoint)
                ? new Endpoint(Protocol.DEFAULT_HOST, Endpoint.parsePort(endpoint))
                : Endpoint.parse(endpoint, defaultPort);
    }

    /**
     * Returns the services of endpoints, each once, in the order of the operands.
     *
     * @param endpoints the operands except a final port
     * @param defaultService the service of operands without a name
     */
    static List<String> services(List<String> endpoints, String defaultService) {
        List<String> services = new ArrayList<>();
        for (String operand : endpoints) {
            String service = parse(operand).serviceOr(defaultService);
            if (!services.contains(service)) {
                services.add(service);
            }
        }
        return services.isEmpty() ? List.of(defaultService) : services;
    }
}
