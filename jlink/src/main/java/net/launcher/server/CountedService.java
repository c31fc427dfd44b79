package net.launcher.server;

import net.server.Datagram;
import net.server.UdpService;

import java.io.IOException;

/** A UDP service that ignores datagrams beyond {@code --count}. */
record CountedService(UdpService service, CountLimit limit) implements UdpService {
    @Override
    public void serve(Datagram datagram) throws IOException {
        if (!limit.isReached()) {
            service.serve(datagram);
            limit.tryStart();
            limit.end(1);
        }
    }

    @Override
    public boolean answers() {
        return service.answers();
    }
}
