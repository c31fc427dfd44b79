package net.client.run;

import net.protocol.Message;
import net.protocol.Protocol;
import net.protocol.internal.Preconditions;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes that each exchange of a run sends. Immutable. Payloads with the same bytes are equal.
 */
public final class Payload {
    /** Maximum size. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    /** First of the printable ASCII characters that make up a pattern. */
    private static final int FIRST_PRINTABLE = ' ';

    private static final int PRINTABLES = 95;

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        Preconditions.require(
                bytes.length <= MAX_BYTES,
                "payload must be at most " + MAX_BYTES + " bytes",
                bytes.length);
        this.bytes = bytes;
    }

    /**
     * Returns a payload with a copy of an array.
     *
     * @param bytes at most {@link #MAX_BYTES} bytes; may be empty
     * @return the payload
     * @throws IllegalArgumentException if there are more
     */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /**
     * Returns a payload with a text encoded in UTF-8.
     *
     * @param text may be empty
     * @return the payload
     * @throws IllegalArgumentException if it is longer than {@link #MAX_BYTES}
     */
    public static Payload of(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a payload that repeats the 95 printable ASCII characters.
     *
     * @param size length in bytes, from 0 to {@link #MAX_BYTES}
     * @return the payload
     * @throws IllegalArgumentException if the size is out of range
     */
    public static Payload pattern(int size) {
        Preconditions.require(
                size >= 0 && size <= MAX_BYTES, "size must be from 0 to " + MAX_BYTES, size);
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (FIRST_PRINTABLE + i % PRINTABLES);
        }
        return new Payload(bytes);
    }

    /**
     * Returns the length.
     *
     * @return bytes, from 0 to {@link #MAX_BYTES}
     */
    public int size() {
        return bytes.length;
    }

    /**
     * Returns the bytes without copying them.
     *
     * @return a new read-only buffer with {@link #size} bytes remaining
     */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /**
     * Returns the length of the longest line without its line end, as the service {@code receive}
     * counts it.
     */
    int longestLine() {
        int longest = 0;
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                boolean hasReturn = i < bytes.length && i > start && bytes[i - 1] == '\r';
                longest = Math.max(longest, i - start - (hasReturn ? 1 : 0));
                start = i + 1;
            }
        }
        return longest;
    }

    /**
     * Returns the payload as a message, truncated to the size limit of messages.
     *
     * @return the message
     */
    public Message message() {
        return Message.of(bytes, 0, Math.min(bytes.length, Protocol.MAX_MESSAGE_BYTES));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload payload && Arrays.equals(bytes, payload.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * Returns the length, not the content, which may contain control characters.
     *
     * @return such as {@code Payload[64 bytes]}
     */
    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes]";
    }
}
