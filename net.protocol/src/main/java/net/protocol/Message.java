package net.protocol;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A message of at most {@value Protocol#MAX_MESSAGE_BYTES} bytes. Two messages are equal if their
 * bytes are.
 */
public final class Message {
    private final byte[] bytes;

    private Message(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns a message with the bytes of a text in UTF-8.
     *
     * @param text at most {@value Protocol#MAX_MESSAGE_BYTES} bytes of UTF-8; may be empty
     * @return the message
     * @throws IllegalArgumentException if the text is longer, or has an unpaired surrogate, which
     *     UTF-8 cannot encode
     */
    public static Message of(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return of(utf8.array(), 0, utf8.limit());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("message must be text that UTF-8 can express", e);
        }
    }

    /**
     * Returns a message with a copy of an array.
     *
     * @param bytes at most {@value Protocol#MAX_MESSAGE_BYTES} bytes; may be empty
     * @return the message
     * @throws IllegalArgumentException if there are more
     */
    public static Message of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /**
     * Returns a message with a copy of a part of an array.
     *
     * @param array the array
     * @param offset index of the first byte
     * @param length number of bytes, from 0 to {@value Protocol#MAX_MESSAGE_BYTES}
     * @return the message
     * @throws IllegalArgumentException if there are more
     * @throws IndexOutOfBoundsException if the part is not inside the array
     */
    public static Message of(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        if (length > Protocol.MAX_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "message must be at most " + Protocol.MAX_MESSAGE_BYTES + " bytes: " + length);
        }
        return new Message(Arrays.copyOfRange(array, offset, offset + length));
    }

    /**
     * Returns the length.
     *
     * @return bytes, from 0 to {@value Protocol#MAX_MESSAGE_BYTES}
     */
    public int size() {
        return bytes.length;
    }

    /**
     * Returns a copy of the bytes.
     *
     * @return a new array of {@link #size} bytes
     */
    public byte[] bytes() {
        return bytes.clone();
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
     * Returns the message as text.
     *
     * @return the text, or empty if the bytes are not valid UTF-8
     */
    public Optional<String> text() {
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException expected) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message message && Arrays.equals(bytes, message.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * Returns the length only, since the content may contain control characters.
     *
     * @return such as {@code Message[12 bytes]}
     */
    @Override
    public String toString() {
        return "Message[" + bytes.length + " bytes]";
    }
}
