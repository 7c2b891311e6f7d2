package dev.baton.local.sqs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The digests of messages, which SDKs compare with their own.
///
/// See [Calculating the MD5 message digest for message
/// attributes](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html).
final class MessageDigests {
    private static final byte TEXT = 1;
    private static final byte BYTES = 2;

    private MessageDigests() {}

    static String md5(String body) {
        return hex(digest("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
    }

    static String sha256(String body) {
        return hex(digest("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    }

    static String md5(Map<String, MessageAttribute> attributes) {
        var digest = digest("MD5");
        new TreeMap<>(attributes).forEach((name, attribute) -> {
            add(digest, name.getBytes(StandardCharsets.UTF_8));
            add(digest, attribute.type().getBytes(StandardCharsets.UTF_8));
            digest.update(attribute.isBinary() ? BYTES : TEXT);
            add(digest, attribute.bytes());
        });
        return hex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
