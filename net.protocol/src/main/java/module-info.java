/**
 * Defines what the two sides of a Netpair exchange share: constants, messages, endpoints.
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
// These modules need not be present when this one is compiled.
@SuppressWarnings("module")
module net.protocol {
    exports net.protocol;
    exports net.protocol.internal to
            net.client,
            net.server;
}
