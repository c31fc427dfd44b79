/**
 * Provides the constants, messages and endpoints that Netpair clients and servers share.
 *
 * {@snippet :
 * try (Socket socket = new Socket(server.host(), server.port())) {
 *     socket.getOutputStream().write(Message.of(Protocol.CLIENT_GREETING).bytes());
 *     socket.shutdownOutput();
 *     byte[] greeting = socket.getInputStream().readNBytes(Protocol.MAX_MESSAGE_BYTES);
 *     System.out.println(Message.of(greeting).text().orElseThrow());
 * }
 * }
 */
// The modules of the qualified export are compiled after this one.
@SuppressWarnings("module")
module net.protocol {
    exports net.protocol;
    exports net.protocol.internal to
            net.client,
            net.server;
}
