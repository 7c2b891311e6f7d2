package dev.baton.local.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidSignatureException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/// Keys that sign, as the SDK's own client sees them; their signatures are judged by the JDK, too.
class SigningWireTest {
    private static final byte[] MESSAGE = "what was exported".getBytes(StandardCharsets.UTF_8);

    private static EmbeddedAws aws;
    private static Clients clients;
    private static KmsClient kms;
    private static String rsa;
    private static String ecc;

    @BeforeAll
    static void start() {
        aws = EmbeddedAws.start();
        clients = new Clients(aws);
        kms = clients.kms();
        rsa = key(kms, "RSA_2048");
        ecc = key(kms, "ECC_NIST_P256");
    }

    @AfterAll
    static void stop() {
        clients.close();
        aws.close();
    }

    private static String key(KmsClient kms, String spec) {
        return kms.createKey(create -> create.keySpec(spec).keyUsage("SIGN_VERIFY"))
                .keyMetadata()
                .arn();
    }

    private static SdkBytes sign(String key, String algorithm, String type, byte[] message) {
        return kms.sign(sign -> sign.keyId(key)
                        .signingAlgorithm(algorithm)
                        .messageType(type)
                        .message(SdkBytes.fromByteArray(message)))
                .signature();
    }

    private static boolean verify(String key, String algorithm, String type, byte[] message, SdkBytes signature) {
        return kms.verify(verify -> verify.keyId(key)
                        .signingAlgorithm(algorithm)
                        .messageType(type)
                        .message(SdkBytes.fromByteArray(message))
                        .signature(signature))
                .signatureValid();
    }

    @ParameterizedTest
    @CsvSource({
        "ECC_NIST_P256, ECDSA_SHA_256",
        "ECC_NIST_P384, ECDSA_SHA_384",
        "ECC_NIST_P521, ECDSA_SHA_512",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_256",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_384",
        "RSA_2048, RSASSA_PKCS1_V1_5_SHA_512",
        "RSA_2048, RSASSA_PSS_SHA_256",
        "RSA_2048, RSASSA_PSS_SHA_384",
        "RSA_2048, RSASSA_PSS_SHA_512"
    })
    void a_message_or_its_digest_is_signed_as_the_jdk_verifies_it(String spec, String algorithm)
            throws GeneralSecurityException {
        var key = spec.equals("RSA_2048") ? rsa : spec.equals("ECC_NIST_P256") ? ecc : key(kms, spec);
        var bits = algorithm.substring(algorithm.length() - 3);
        var digest = MessageDigest.getInstance("SHA-" + bits).digest(MESSAGE);
        var ofRaw = sign(key, algorithm, "RAW", MESSAGE);
        var ofDigest = sign(key, algorithm, "DIGEST", digest);

        assertThat(verify(key, algorithm, "DIGEST", digest, ofRaw)).isTrue();
        assertThat(verify(key, algorithm, "RAW", MESSAGE, ofDigest)).isTrue();
        assertThat(jdk(key, algorithm, bits, ofRaw)).isTrue();
        assertThat(jdk(key, algorithm, bits, ofDigest)).isTrue();
        digest[0] ^= 1;
        assertThatThrownBy(() -> verify(key, algorithm, "DIGEST", digest, ofRaw))
                .isInstanceOf(KmsInvalidSignatureException.class);
        var touched = ofRaw.asByteArray();
        touched[touched.length - 1] ^= 1;
        assertThatThrownBy(() -> verify(key, algorithm, "RAW", MESSAGE, SdkBytes.fromByteArray(touched)))
                .isInstanceOf(KmsInvalidSignatureException.class);
        assertThatThrownBy(() -> verify(key, algorithm, "RAW", MESSAGE, SdkBytes.fromUtf8String("no signature")))
                .isInstanceOf(KmsInvalidSignatureException.class);
    }

    private static boolean jdk(String key, String algorithm, String bits, SdkBytes signed)
            throws GeneralSecurityException {
        var der = kms.getPublicKey(get -> get.keyId(key)).publicKey().asByteArray();
        var family = algorithm.startsWith("EC") ? "EC" : "RSA";
        var isPss = algorithm.contains("PSS");
        var signature = Signature.getInstance(
                isPss ? "RSASSA-PSS" : "SHA" + bits + (family.equals("EC") ? "withECDSA" : "withRSA"));
        if (isPss) {
            var hash = "SHA-" + bits;
            signature.setParameter(new PSSParameterSpec(
                    hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / Byte.SIZE, 1));
        }
        signature.initVerify(KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der)));
        signature.update(MESSAGE);
        return signature.verify(signed.asByteArray());
    }

    @Test
    void what_is_told_of_a_key_is_what_it_can_do() {
        var metadata = kms.describeKey(describe -> describe.keyId(ecc)).keyMetadata();
        assertThat(metadata.keySpecAsString()).isEqualTo("ECC_NIST_P256");
        assertThat(metadata.keyUsageAsString()).isEqualTo("SIGN_VERIFY");
        assertThat(metadata.signingAlgorithmsAsStrings()).containsExactly("ECDSA_SHA_256");
        assertThat(metadata.hasEncryptionAlgorithms()).isFalse();
        var told = kms.getPublicKey(get -> get.keyId(rsa));
        assertThat(told.keyId()).isEqualTo(rsa);
        assertThat(told.keySpecAsString()).isEqualTo("RSA_2048");
        assertThat(told.keyUsageAsString()).isEqualTo("SIGN_VERIFY");
        assertThat(told.signingAlgorithmsAsStrings()).hasSize(6);
    }

    @Test
    void a_key_does_only_what_it_is_for() {
        var plain = SdkBytes.fromByteArray(MESSAGE);
        var symmetric = kms.createKey().keyMetadata().arn();
        assertThatThrownBy(() -> kms.encrypt(encrypt -> encrypt.keyId(ecc).plaintext(plain)))
                .isInstanceOf(InvalidKeyUsageException.class)
                .hasMessageContaining(ecc + " key usage is SIGN_VERIFY which is not valid for Encrypt.");
        assertThatThrownBy(() -> kms.generateDataKey(make -> make.keyId(ecc).keySpec("AES_256")))
                .isInstanceOf(InvalidKeyUsageException.class);
        assertThatThrownBy(() -> sign(symmetric, "ECDSA_SHA_256", "RAW", MESSAGE))
                .isInstanceOf(InvalidKeyUsageException.class)
                .hasMessageContaining("key usage is ENCRYPT_DECRYPT which is not valid for Sign.");
        assertThatThrownBy(() -> sign(ecc, "RSASSA_PSS_SHA_256", "RAW", MESSAGE))
                .isInstanceOf(InvalidKeyUsageException.class)
                .hasMessageContaining("Algorithm RSASSA_PSS_SHA_256 is incompatible with key spec ECC_NIST_P256.");
        assertThatThrownBy(() -> kms.getPublicKey(get -> get.keyId(symmetric)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> kms.enableKeyRotation(enable -> enable.keyId(ecc)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> kms.createKey(create -> create.keySpec("ECC_NIST_P256")))
                .hasMessageContaining("You must specify a KeyUsage value");
        assertThatThrownBy(() -> kms.createKey(create -> create.keyUsage("SIGN_VERIFY")))
                .hasMessageContaining("KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT");
    }

    @Test
    void a_message_has_4096_bytes_and_a_digest_those_of_its_hash() {
        sign(ecc, "ECDSA_SHA_256", "RAW", new byte[4096]);
        assertThatThrownBy(() -> sign(ecc, "ECDSA_SHA_256", "RAW", new byte[4097]))
                .isInstanceOf(KmsException.class)
                .hasMessageContaining("Member must have length less than or equal to 4096");
        assertThatThrownBy(() -> sign(ecc, "ECDSA_SHA_256", "DIGEST", new byte[31]))
                .hasMessageContaining("Digest is invalid length for algorithm ECDSA_SHA_256.");
    }

    @Test
    void a_key_that_is_disabled_or_going_signs_nothing() {
        var key = key(kms, "ECC_NIST_P256");
        kms.disableKey(disable -> disable.keyId(key));
        assertThatThrownBy(() -> sign(key, "ECDSA_SHA_256", "RAW", MESSAGE)).isInstanceOf(DisabledException.class);
        assertThatThrownBy(() -> kms.getPublicKey(get -> get.keyId(key))).isInstanceOf(DisabledException.class);
        kms.scheduleKeyDeletion(schedule -> schedule.keyId(key).pendingWindowInDays(7));
        assertThatThrownBy(() -> sign(key, "ECDSA_SHA_256", "RAW", MESSAGE))
                .isInstanceOf(KmsInvalidStateException.class);
    }

    @Test
    void a_key_policy_says_who_signs_what_with_which_algorithm() {
        var key = key(kms, "ECC_NIST_P256");
        var digest = new byte[32];
        kms.putKeyPolicy(put -> put.keyId(key).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*",
                "Principal":{"AWS":"arn:aws:iam::000000000000:user/admin"},
                "Action":["kms:PutKeyPolicy","kms:Sign","kms:Verify"],"Condition":{"StringEqualsIfExists":{
                "kms:MessageType":"DIGEST","kms:SigningAlgorithm":"ECDSA_SHA_256"}}}]}"""));
        var signature = sign(key, "ECDSA_SHA_256", "DIGEST", digest);
        assertThat(verify(key, "ECDSA_SHA_256", "DIGEST", digest, signature)).isTrue();
        assertThatThrownBy(() -> sign(key, "ECDSA_SHA_256", "RAW", digest))
                .hasMessageContaining("is not authorized to perform: kms:Sign");
        assertThatThrownBy(() -> verify(key, "ECDSA_SHA_384", "DIGEST", digest, signature))
                .hasMessageContaining("is not authorized to perform: kms:Verify");
        assertThatThrownBy(() -> kms.getPublicKey(get -> get.keyId(key)))
                .hasMessageContaining("is not authorized to perform: kms:GetPublicKey");
    }

    @Test
    void a_key_that_signs_outlives_a_restart_for_its_owner_alone(@TempDir Path folder) throws Exception {
        String key;
        SdkBytes signature;
        try (var first = EmbeddedAws.builder().folder(folder).start();
                var own = new Clients(first)) {
            key = key(own.kms(), "ECC_NIST_P256");
            signature = own.kms()
                    .sign(sign ->
                            sign.keyId(key).signingAlgorithm("ECDSA_SHA_256").message(SdkBytes.fromByteArray(MESSAGE)))
                    .signature();
        }
        try (var second = EmbeddedAws.builder().folder(folder).start();
                var own = new Clients(second)) {
            assertThat(own.kms()
                            .verify(verify -> verify.keyId(key)
                                    .signingAlgorithm("ECDSA_SHA_256")
                                    .message(SdkBytes.fromByteArray(MESSAGE))
                                    .signature(signature))
                            .signatureValid())
                    .isTrue();
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.endsWith("kms.json")))
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }
}
