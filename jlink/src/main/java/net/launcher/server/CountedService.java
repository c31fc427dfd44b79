package net.launcher.server;

import net.server.Datagram;
import net.server.UdpService;

import java.io.IOException;

/** A service that takes no more datagrams than are to be. */
record CountedService(UdpService service, CountLimit limit) implements UdpService {
    @Override
    public void serve(Datagram datagram) throws IOException {
        if (!limit.isReached()) {
            service.serve(datagram);
            limit.take();
            limit.end(1);
        }
    }

    @Override
    public boolean answers() {
        return service.answers();
    }
}
