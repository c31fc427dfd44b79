package net.server;

import net.server.service.GreetService;
import net.server.service.NonBlockingService;

import java.time.Duration;

/** A built-in service, run by the server's event loops without a thread per connection. */
record BuiltInTcpService(NonBlockingService service) implements TcpService {
    /** Returns the session timeout unless one is configured; zero for none. */
    Duration defaultSessionTimeout() {
        return service instanceof GreetService
                ? TcpServerConfig.DEFAULT_GREET_TIMEOUT
                : Duration.ZERO;
    }

    @Override
    public void serve(Connection connection) {
        throw new UnsupportedOperationException("built-in services are run by the server only");
    }
}
