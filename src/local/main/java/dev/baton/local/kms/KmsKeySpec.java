package dev.baton.local.kms;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds of key material: one secret to encrypt with, or a pair to sign and verify with.
enum KmsKeySpec {
    SYMMETRIC_DEFAULT("AES", null),
    ECC_NIST_P256("EC", new ECGenParameterSpec("secp256r1"), SigningAlgorithm.ECDSA_SHA_256),
    ECC_NIST_P384("EC", new ECGenParameterSpec("secp384r1"), SigningAlgorithm.ECDSA_SHA_384),
    ECC_NIST_P521("EC", new ECGenParameterSpec("secp521r1"), SigningAlgorithm.ECDSA_SHA_512),
    RSA_2048(2048),
    RSA_3072(3072),
    RSA_4096(4096);

    private final String algorithm;
    private final @Nullable AlgorithmParameterSpec parameters;
    private final List<SigningAlgorithm> signing;

    KmsKeySpec(int bits) {
        this(
                "RSA",
                new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4),
                SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_256,
                SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_384,
                SigningAlgorithm.RSASSA_PKCS1_V1_5_SHA_512,
                SigningAlgorithm.RSASSA_PSS_SHA_256,
                SigningAlgorithm.RSASSA_PSS_SHA_384,
                SigningAlgorithm.RSASSA_PSS_SHA_512);
    }

    KmsKeySpec(String algorithm, @Nullable AlgorithmParameterSpec parameters, SigningAlgorithm... signing) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.signing = List.of(signing);
    }

    static Optional<KmsKeySpec> find(String name) {
        return Arrays.stream(values()).filter(spec -> spec.name().equals(name)).findFirst();
    }

    boolean isPair() {
        return parameters != null;
    }

    boolean isRsa() {
        return algorithm.equals("RSA");
    }

    /// What keys of this kind are for; a pair here is for nothing but signing.
    String usage() {
        return isPair() ? "SIGN_VERIFY" : "ENCRYPT_DECRYPT";
    }

    /// The algorithm of this name, where keys of this kind sign with it.
    Optional<SigningAlgorithm> algorithm(String name) {
        return signing.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    List<String> algorithmNames() {
        return signing.stream().map(SigningAlgorithm::name).toList();
    }

    /// A new pair: the private key in PKCS #8, the public one as DER's `SubjectPublicKeyInfo`.
    List<byte[]> pair(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters, random);
            var pair = generator.generateKeyPair();
            return List.of(pair.getPrivate().getEncoded(), pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes " + this, e);
        }
    }

    PrivateKey privateKey(KmsKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(key.material().getFirst()));
    }

    PublicKey publicKey(KmsKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(key.material().getLast()));
    }
}
