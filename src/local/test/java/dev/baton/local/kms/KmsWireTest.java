package dev.baton.local.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.local.Clients;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.internal.StoredFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/// KMS as the SDK's own client sees it.
class KmsWireTest {
    /// A clock that goes when it is told to.
    private static final class Days extends Clock {
        Instant now = Instant.parse("2026-11-22T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private EmbeddedAws aws;
    private Clients clients;
    private KmsClient kms;

    @BeforeEach
    void start() {
        use(EmbeddedAws.start());
    }

    private void use(EmbeddedAws started) {
        aws = started;
        clients = new Clients(aws);
        kms = clients.kms();
    }

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    private String key() {
        return kms.createKey(create -> create.description("for tests"))
                .keyMetadata()
                .arn();
    }

    @Test
    void a_key_is_found_by_id_arn_alias_and_alias_arn() {
        var made = kms.createKey(create -> create.description("for the lake")
                        .tags(tag -> tag.tagKey("baton:pipeline").tagValue("weather")))
                .keyMetadata();
        kms.createAlias(create -> create.aliasName("alias/lake").targetKeyId(made.keyId()));

        for (var name :
                new String[] {made.keyId(), made.arn(), "alias/lake", made.arn().replaceAll("key/.*", "alias/lake")}) {
            var described = kms.describeKey(describe -> describe.keyId(name)).keyMetadata();
            assertThat(described).as(name).isEqualTo(made);
        }
        assertThat(made.arn()).matches("arn:aws:kms:us-east-1:000000000000:key/[0-9a-f-]{36}");
        assertThat(made.keyState()).isEqualTo(KeyState.ENABLED);
        assertThat(made.description()).isEqualTo("for the lake");
        assertThat(kms.listResourceTags(list -> list.keyId(made.keyId())).tags())
                .extracting(tag -> tag.tagKey() + "=" + tag.tagValue())
                .containsExactly("baton:pipeline=weather");
        assertThat(kms.listAliases().aliases())
                .extracting(AliasListEntry::targetKeyId)
                .containsExactly(made.keyId());
        assertThat(kms.listKeys().keys()).extracting(each -> each.keyArn()).containsExactly(made.arn());
    }

    @Test
    void an_alias_is_taken_once_can_be_moved_and_goes() {
        var first = key();
        var second = key();
        kms.createAlias(create -> create.aliasName("alias/lake").targetKeyId(first));
        assertThatThrownBy(() ->
                        kms.createAlias(create -> create.aliasName("alias/lake").targetKeyId(second)))
                .isInstanceOf(AlreadyExistsException.class);
        kms.updateAlias(update -> update.aliasName("alias/lake").targetKeyId(second));
        assertThat(kms.describeKey(describe -> describe.keyId("alias/lake"))
                        .keyMetadata()
                        .arn())
                .isEqualTo(second);
        kms.deleteAlias(delete -> delete.aliasName("alias/lake"));
        assertThatThrownBy(() -> kms.describeKey(describe -> describe.keyId("alias/lake")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Alias arn:aws:kms:us-east-1:000000000000:alias/lake is not found.");
    }

    @Test
    void what_was_encrypted_is_decrypted_under_the_same_context_only() {
        var key = key();
        var blob = kms.encrypt(encrypt -> encrypt.keyId(key)
                        .plaintext(SdkBytes.fromUtf8String("a secret"))
                        .encryptionContext(Map.of("for", "weather")))
                .ciphertextBlob();

        assertThat(kms.decrypt(decrypt -> decrypt.ciphertextBlob(blob).encryptionContext(Map.of("for", "weather")))
                        .plaintext()
                        .asUtf8String())
                .isEqualTo("a secret");
        assertThatThrownBy(() ->
                        kms.decrypt(decrypt -> decrypt.ciphertextBlob(blob).encryptionContext(Map.of("for", "sales"))))
                .isInstanceOf(InvalidCiphertextException.class);
        var other = key();
        assertThatThrownBy(() -> kms.decrypt(decrypt ->
                        decrypt.keyId(other).ciphertextBlob(blob).encryptionContext(Map.of("for", "weather"))))
                .isInstanceOf(IncorrectKeyException.class);
        var spoilt = blob.asByteArray();
        spoilt[spoilt.length - 1] ^= 1;
        assertThatThrownBy(() -> kms.decrypt(decrypt -> decrypt.ciphertextBlob(SdkBytes.fromByteArray(spoilt))
                        .encryptionContext(Map.of("for", "weather"))))
                .isInstanceOf(InvalidCiphertextException.class);
        assertThatThrownBy(() -> kms.decrypt(decrypt -> decrypt.ciphertextBlob(SdkBytes.fromUtf8String("nothing"))))
                .isInstanceOf(InvalidCiphertextException.class);
    }

    @Test
    void a_data_key_comes_plain_and_encrypted_and_can_be_encrypted_again() {
        var key = key();
        var made = kms.generateDataKey(generate -> generate.keyId(key).keySpec(DataKeySpec.AES_256));
        assertThat(made.plaintext().asByteArray()).hasSize(32);
        assertThat(kms.decrypt(decrypt -> decrypt.ciphertextBlob(made.ciphertextBlob()))
                        .plaintext())
                .isEqualTo(made.plaintext());

        var other = key();
        var again = kms.reEncrypt(
                encrypt -> encrypt.ciphertextBlob(made.ciphertextBlob()).destinationKeyId(other));
        assertThat(again.keyId()).isEqualTo(other);
        assertThat(kms.decrypt(decrypt -> decrypt.keyId(other).ciphertextBlob(again.ciphertextBlob()))
                        .plaintext())
                .isEqualTo(made.plaintext());
        assertThatThrownBy(() -> kms.generateDataKey(generate -> generate.keyId(key)))
                .hasMessageContaining("Please specify either number of bytes or key spec.");
    }

    @Test
    void a_key_that_is_disabled_or_to_be_deleted_encrypts_nothing() {
        var key = key();
        kms.disableKey(disable -> disable.keyId(key));
        assertThatThrownBy(() -> encrypt(key))
                .isInstanceOf(DisabledException.class)
                .hasMessageContaining("is disabled");
        kms.enableKey(enable -> enable.keyId(key));
        encrypt(key);

        var scheduled = kms.scheduleKeyDeletion(schedule -> schedule.keyId(key).pendingWindowInDays(7));
        assertThat(scheduled.keyState()).isEqualTo(KeyState.PENDING_DELETION);
        assertThatThrownBy(() -> encrypt(key)).isInstanceOf(KmsInvalidStateException.class);
        kms.cancelKeyDeletion(cancel -> cancel.keyId(key));
        assertThat(kms.describeKey(describe -> describe.keyId(key))
                        .keyMetadata()
                        .keyState())
                .isEqualTo(KeyState.DISABLED);
        assertThatThrownBy(() ->
                        kms.scheduleKeyDeletion(schedule -> schedule.keyId(key).pendingWindowInDays(6)))
                .hasMessageContaining("Member must have value between 7 and 30");
    }

    @Test
    void a_key_whose_day_has_come_is_gone_with_its_aliases(@TempDir Path folder) {
        var days = new Days();
        var store = new KmsStore(new StoredFile(folder.resolve("kms.json")));
        var ring = new Keyring(aws.account(), days, store);
        var key = ring.create("", null, Map.of(), KmsKeySpec.SYMMETRIC_DEFAULT);
        ring.name("alias/old", key);
        var due = days.now.plus(Duration.ofDays(7));
        ring.change(key, current -> current.deletedAt(due));

        days.now = due.minusMillis(1);
        assertThat(ring.find("alias/old")).isNotNull();
        days.now = due;
        assertThat(ring.find(key.arn())).isNull();
        assertThat(ring.aliases()).isEmpty();
        assertThat(new Keyring(aws.account(), days, store).all()).isEmpty();
    }

    private void encrypt(String key) {
        kms.encrypt(encrypt -> encrypt.keyId(key).plaintext(SdkBytes.fromUtf8String("x")));
    }

    @Test
    void keys_aliases_and_what_they_encrypted_outlive_a_restart(@TempDir Path folder) {
        stop();
        use(EmbeddedAws.builder().folder(folder).start());
        var key = key();
        kms.createAlias(create -> create.aliasName("alias/lake").targetKeyId(key));
        var blob = kms.encrypt(encrypt -> encrypt.keyId("alias/lake").plaintext(SdkBytes.fromUtf8String("kept")))
                .ciphertextBlob();
        stop();
        use(EmbeddedAws.builder().folder(folder).start());

        assertThat(kms.describeKey(describe -> describe.keyId("alias/lake"))
                        .keyMetadata()
                        .arn())
                .isEqualTo(key);
        assertThat(kms.decrypt(decrypt -> decrypt.ciphertextBlob(blob))
                        .plaintext()
                        .asUtf8String())
                .isEqualTo("kept");
    }

    @Test
    void a_key_policy_must_grant_what_no_policy_of_the_account_can() {
        var admin = "arn:aws:iam::000000000000:user/admin";
        var key = key();
        kms.putKeyPolicy(put -> put.keyId(key).policy("""
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"%s"},
                "Action":["kms:PutKeyPolicy","kms:GetKeyPolicy"],"Resource":"*"}}""".formatted(admin)));

        assertThatThrownBy(() -> encrypt(key))
                .isInstanceOfSatisfying(
                        KmsException.class,
                        refused -> assertThat(refused.awsErrorDetails().errorCode())
                                .isEqualTo("AccessDeniedException"))
                .hasMessageContaining("User: " + admin + " is not authorized to perform: kms:Encrypt on resource: "
                        + key + " because no resource-based policy allows the kms:Encrypt action");
        assertThat(kms.getKeyPolicy(get -> get.keyId(key)).policy()).contains("kms:PutKeyPolicy");
    }

    @Test
    void nobody_locks_themselves_out_or_names_who_is_not_there() {
        var key = key();
        assertThatThrownBy(() -> kms.putKeyPolicy(put -> put.keyId(key).policy("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},
                        "Action":"kms:Decrypt","Resource":"*"}}""")))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageContaining("will not allow you to update the key policy in the future");
        assertThatThrownBy(() -> kms.createKey(create -> create.policy("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*",
                        "Principal":{"AWS":"arn:aws:iam::000000000000:role/nobody"}}}""")))
                .isInstanceOf(MalformedPolicyDocumentException.class)
                .hasMessageContaining("one or more invalid principals");
        assertThat(kms.listKeys().keys()).as("a refused key is none").hasSize(1);
    }

    @Test
    void other_kinds_of_keys_are_refused_not_feigned() {
        assertThatThrownBy(
                        () -> kms.createKey(create -> create.keySpec("HMAC_256").keyUsage("GENERATE_VERIFY_MAC")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("HMAC_256");
        assertThatThrownBy(
                        () -> kms.createKey(create -> create.keySpec("RSA_2048").keyUsage("ENCRYPT_DECRYPT")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("RSA_2048");
        assertThatThrownBy(() -> kms.createKey(create -> create.multiRegion(true)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_key_never_prints_its_material() {
        var ring = new Keyring(aws.account(), Clock.systemUTC(), new KmsStore(null));
        var key = ring.create("", null, Map.of(), KmsKeySpec.SYMMETRIC_DEFAULT);
        assertThat(key.toString()).isEqualTo("KmsKey[" + key.arn() + ", Enabled]");
    }
}
