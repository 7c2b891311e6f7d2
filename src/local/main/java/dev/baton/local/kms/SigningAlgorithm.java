package dev.baton.local.kms;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;

/// The algorithms of signatures: a scheme and the hash of what is signed.
enum SigningAlgorithm {
    ECDSA_SHA_256(Scheme.ECDSA, "SHA-256"),
    ECDSA_SHA_384(Scheme.ECDSA, "SHA-384"),
    ECDSA_SHA_512(Scheme.ECDSA, "SHA-512"),
    RSASSA_PKCS1_V1_5_SHA_256(Scheme.PKCS1, "SHA-256"),
    RSASSA_PKCS1_V1_5_SHA_384(Scheme.PKCS1, "SHA-384"),
    RSASSA_PKCS1_V1_5_SHA_512(Scheme.PKCS1, "SHA-512"),
    RSASSA_PSS_SHA_256(Scheme.PSS, "SHA-256"),
    RSASSA_PSS_SHA_384(Scheme.PSS, "SHA-384"),
    RSASSA_PSS_SHA_512(Scheme.PSS, "SHA-512");

    private enum Scheme {
        ECDSA,
        PKCS1,
        PSS
    }

    private final Scheme scheme;
    private final String hash;

    SigningAlgorithm(Scheme scheme, String hash) {
        this.scheme = scheme;
        this.hash = hash;
    }

    MessageDigest hash() {
        try {
            return MessageDigest.getInstance(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + hash, e);
        }
    }

    byte[] sign(KmsKey key, byte[] digest, SecureRandom random) {
        try {
            return switch (scheme) {
                case ECDSA -> {
                    var signature = Signature.getInstance("NONEwithECDSA");
                    signature.initSign(key.spec().privateKey(key), random);
                    signature.update(digest);
                    yield signature.sign();
                }
                case PKCS1 -> raw(key, true, RsaPadding.pkcs1(hash(), digest, length(key)));
                case PSS -> raw(key, true, RsaPadding.pss(hash(), digest, length(key), random));
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with " + this, e);
        }
    }

    boolean verifies(KmsKey key, byte[] digest, byte[] signed) {
        try {
            return switch (scheme) {
                case ECDSA -> {
                    var signature = Signature.getInstance("NONEwithECDSA");
                    signature.initVerify(key.spec().publicKey(key));
                    signature.update(digest);
                    yield signature.verify(signed);
                }
                case PKCS1 ->
                    signed.length == length(key)
                            && MessageDigest.isEqual(
                                    raw(key, false, signed), RsaPadding.pkcs1(hash(), digest, signed.length));
                case PSS -> signed.length == length(key) && RsaPadding.isPss(hash(), digest, raw(key, false, signed));
            };
        } catch (SignatureException | BadPaddingException e) {
            // Not the form of a signature, or a number beyond the modulus.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK verifies " + this, e);
        }
    }

    private static byte[] raw(KmsKey key, boolean isPrivate, byte[] block) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                isPrivate ? key.spec().privateKey(key) : key.spec().publicKey(key));
        return cipher.doFinal(block);
    }

    private static int length(KmsKey key) throws GeneralSecurityException {
        return ((RSAPublicKey) key.spec().publicKey(key)).getModulus().bitLength() / Byte.SIZE;
    }
}
