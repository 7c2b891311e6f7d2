package dev.baton.local.kms;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Ciphertext blobs: AES-256-GCM, bound to their key and their encryption context. A blob names its key, so that
/// `Decrypt` needs to be told none.
final class Ciphers {
    private static final byte FORMAT = 1;
    private static final int ID_LENGTH = 36;
    static final int IV_LENGTH = 12;
    private static final int HEAD = 2 + ID_LENGTH + IV_LENGTH;
    private static final int TAG_BITS = 128;

    private Ciphers() {}

    static byte[] encrypt(KmsKey key, byte[] iv, byte[] plain, Map<String, String> context) {
        var newest = key.material().size() - 1;
        var head = ByteBuffer.allocate(HEAD)
                .put(FORMAT)
                .put((byte) newest)
                .put(key.id().getBytes(StandardCharsets.US_ASCII))
                .put(iv)
                .array();
        var blob = new ByteArrayOutputStream();
        blob.writeBytes(head);
        try {
            blob.writeBytes(
                    cipher(Cipher.ENCRYPT_MODE, key, newest, head, context).doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
        return blob.toByteArray();
    }

    /// The id of the key that a blob was made with, or null where it is not a blob of ours.
    static @Nullable String keyOf(byte[] blob) {
        return blob.length < HEAD + TAG_BITS / 8 || blob[0] != FORMAT
                ? null
                : new String(blob, 2, ID_LENGTH, StandardCharsets.US_ASCII);
    }

    /// @throws dev.baton.local.http.AwsError `InvalidCiphertextException`, also for another encryption context
    static byte[] decrypt(KmsKey key, byte[] blob, Map<String, String> context) {
        var generation = blob[1];
        if (generation < 0 || generation >= key.material().size()) {
            throw KmsErrors.invalidCiphertext();
        }
        try {
            var head = ByteBuffer.allocate(HEAD).put(blob, 0, HEAD).array();
            return cipher(Cipher.DECRYPT_MODE, key, generation, head, context).doFinal(blob, HEAD, blob.length - HEAD);
        } catch (AEADBadTagException e) {
            throw KmsErrors.invalidCiphertext();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, KmsKey key, int generation, byte[] head, Map<String, String> context)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key.material().get(generation), "AES"),
                new GCMParameterSpec(TAG_BITS, head, HEAD - IV_LENGTH, IV_LENGTH));
        cipher.updateAAD(head);
        new TreeMap<>(context).forEach((name, value) -> {
            bind(cipher, name);
            bind(cipher, value);
        });
        return cipher;
    }

    private static void bind(Cipher cipher, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        cipher.updateAAD(bytes);
    }
}
