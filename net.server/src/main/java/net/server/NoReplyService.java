package net.server;

import java.io.IOException;

/** A UDP service that never answers. */
record NoReplyService(UdpService service) implements UdpService {
    @Override
    public void serve(Datagram datagram) throws IOException {
        service.serve(datagram);
    }

    @Override
    public boolean answers() {
        return false;
    }
}
