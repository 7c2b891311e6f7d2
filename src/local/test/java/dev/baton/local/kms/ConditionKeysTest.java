package dev.baton.local.kms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.identity.AccessRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;

/// What policies may ask a request to KMS for, its own or another service's.
class ConditionKeysTest {
    private final List<AccessRequest> asked = Collections.synchronizedList(new ArrayList<>());

    @Test
    void using_a_key_tells_how_and_on_which() {
        try (var aws = EmbeddedAws.builder()
                        .audit((access, decision) -> asked.add(access))
                        .start();
                var clients = new Clients(aws)) {
            var kms = clients.kms();
            var first = kms.createKey().keyMetadata().arn();
            var second = kms.createKey().keyMetadata().arn();
            var blob = kms.encrypt(encrypt -> encrypt.keyId(first).plaintext(SdkBytes.fromUtf8String("secret")))
                    .ciphertextBlob();
            asked.clear();
            kms.reEncrypt(encrypt -> encrypt.ciphertextBlob(blob).destinationKeyId(first));
            kms.reEncrypt(encrypt -> encrypt.ciphertextBlob(blob).destinationKeyId(second));
            kms.decrypt(decrypt -> decrypt.ciphertextBlob(blob));
            assertThat(asked("kms:reencryptonsamekey"))
                    .containsExactly(
                            "kms:ReEncryptFrom [true]",
                            "kms:ReEncryptTo [true]",
                            "kms:ReEncryptFrom [false]",
                            "kms:ReEncryptTo [false]",
                            "kms:Decrypt null");
            var s3 = clients.s3();
            s3.createBucket(create -> create.bucket("lake"));
            asked.clear();
            s3.putObject(
                    put -> put.bucket("lake")
                            .key("k")
                            .serverSideEncryption("aws:kms")
                            .ssekmsKeyId(first),
                    RequestBody.empty());
            assertThat(asked("kms:encryptionalgorithm"))
                    .containsExactly("s3:PutObject null", "kms:GenerateDataKey [SYMMETRIC_DEFAULT]");
        }
    }

    private List<String> asked(String key) {
        return asked.stream()
                .map(access -> access.action() + " " + access.context().values(key))
                .toList();
    }
}
