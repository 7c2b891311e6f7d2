package dev.baton.local.secretsmanager;

import static dev.baton.local.ApplicationEndpoint.ACCOUNT;
import static dev.baton.local.ApplicationEndpoint.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.json.Json;
import dev.baton.local.ApplicationEndpoint;
import dev.baton.local.EmbeddedAws;
import dev.baton.local.caller.AccessKey;
import dev.baton.local.iam.policy.RequestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.secretsmanager.model.PublicPolicyException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/// Secrets as the SDK's own client makes, reads, stages and deletes them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecretsManagerWireTest {
    private static final String TOKEN = "6b0a0000-0000-4000-8000-00000000000";
    private static final String CANARY = "canary of a secret 5f1d";

    private final ApplicationEndpoint aws = new ApplicationEndpoint();
    private final SecretsManagerClient secrets =
            SecretClients.client(aws.aws(), aws.aws().administrator());

    @AfterAll
    void stop() {
        secrets.close();
        aws.close();
    }

    private String create(String name, String value) {
        return secrets.createSecret(r -> r.name(name).secretString(value)).arn();
    }

    private String value(String id) {
        return secrets.getSecretValue(r -> r.secretId(id)).secretString();
    }

    @Test
    void a_secret_is_read_by_its_name_its_arn_and_its_arn_without_the_six_characters() {
        var made = secrets.createSecret(r -> r.name("rides/db-main")
                .secretString("open")
                .description("of the rides")
                .clientRequestToken(TOKEN + "1")
                .tags(t -> t.key("team").value("blue")));
        assertThat(made.arn())
                .matches("arn:aws:secretsmanager:us-east-1:" + ACCOUNT + ":secret:rides/db-main-[A-Za-z0-9]{6}");
        assertThat(made.versionId()).isEqualTo(TOKEN + "1");
        for (var id : List.of(
                "rides/db-main", made.arn(), made.arn().substring(0, made.arn().length() - 7))) {
            var read = secrets.getSecretValue(r -> r.secretId(id));
            assertThat(read.secretString()).isEqualTo("open");
            assertThat(read.versionId()).isEqualTo(TOKEN + "1");
            assertThat(read.versionStages()).containsExactly("AWSCURRENT");
            assertThat(read.createdDate()).isNotNull();
        }
        var described = secrets.describeSecret(r -> r.secretId("rides/db-main"));
        assertThat(described.description()).isEqualTo("of the rides");
        assertThat(described.tags()).hasSize(1);
        assertThat(described.kmsKeyId()).isNull();
        assertThat(described.lastAccessedDate()).isNotNull();
        assertThat(described.rotationEnabled()).isNull();
        assertThat(described.versionIdsToStages()).containsEntry(TOKEN + "1", List.of("AWSCURRENT"));
    }

    @Test
    void bytes_come_back_as_bytes() {
        secrets.createSecret(r -> r.name("bytes").secretBinary(SdkBytes.fromByteArray(new byte[] {0, (byte) 255, 7})));
        var read = secrets.getSecretValue(r -> r.secretId("bytes"));
        assertThat(read.secretBinary().asByteArray()).containsExactly(0, 255, 7);
        assertThat(read.secretString()).isNull();
    }

    @Test
    void a_value_that_is_put_is_current_and_the_one_before_is_previous_and_then_deprecated() {
        create("staged", "one");
        secrets.putSecretValue(r -> r.secretId("staged").secretString("two").clientRequestToken(TOKEN + "2"));
        var third = secrets.updateSecret(
                r -> r.secretId("staged").secretString("three").clientRequestToken(TOKEN + "3"));
        assertThat(third.versionId()).isEqualTo(TOKEN + "3");
        assertThat(value("staged")).isEqualTo("three");
        assertThat(secrets.getSecretValue(r -> r.secretId("staged").versionStage("AWSPREVIOUS"))
                        .secretString())
                .isEqualTo("two");
        assertThat(secrets.listSecretVersionIds(r -> r.secretId("staged")).versions())
                .extracting(SecretVersionsListEntry::versionId)
                .containsExactly(TOKEN + "2", TOKEN + "3");
        var all = secrets.listSecretVersionIds(r -> r.secretId("staged").includeDeprecated(true));
        assertThat(all.versions()).hasSize(3);
        assertThat(secrets.getSecretValue(r -> r.secretId("staged")
                                .versionId(all.versions().getFirst().versionId()))
                        .secretString())
                .isEqualTo("one");
    }

    @Test
    void a_label_of_ones_own_moves_and_current_is_moved_from_where_it_is() {
        create("labelled", "one");
        secrets.putSecretValue(r -> r.secretId("labelled")
                .secretString("two")
                .clientRequestToken(TOKEN + "2")
                .versionStages("AWSPENDING", "BLUE"));
        assertThat(value("labelled")).isEqualTo("one");
        var first = secrets.getSecretValue(r -> r.secretId("labelled")).versionId();
        assertThatThrownBy(() -> secrets.updateSecretVersionStage(
                        r -> r.secretId("labelled").versionStage("AWSCURRENT").moveToVersionId(TOKEN + "2")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is"
                        + " currently attached to version " + first);
        assertThatThrownBy(() -> secrets.updateSecretVersionStage(
                        r -> r.secretId("labelled").versionStage("AWSCURRENT").removeFromVersionId(first)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("It can't be completely removed.");
        secrets.updateSecretVersionStage(r -> r.secretId("labelled")
                .versionStage("AWSCURRENT")
                .removeFromVersionId(first)
                .moveToVersionId(TOKEN + "2"));
        assertThat(secrets.describeSecret(r -> r.secretId("labelled")).versionIdsToStages())
                .containsEntry(TOKEN + "2", List.of("AWSCURRENT", "BLUE"))
                .containsEntry(first, List.of("AWSPREVIOUS"));
        secrets.updateSecretVersionStage(
                r -> r.secretId("labelled").versionStage("BLUE").removeFromVersionId(TOKEN + "2"));
        assertThat(secrets.describeSecret(r -> r.secretId("labelled")).versionIdsToStages())
                .containsEntry(TOKEN + "2", List.of("AWSCURRENT"));
    }

    @Test
    void a_token_is_for_one_value() {
        var made = secrets.createSecret(r -> r.name("once").secretString("1").clientRequestToken(TOKEN + "1"));
        var again = secrets.createSecret(r -> r.name("once").secretString("1").clientRequestToken(TOKEN + "1"));
        assertThat(again.arn()).isEqualTo(made.arn());
        assertThatThrownBy(() -> create("once", "1"))
                .isInstanceOf(ResourceExistsException.class)
                .hasMessageContaining("The operation failed because the secret once already exists.");
        secrets.putSecretValue(r -> r.secretId("once").secretString("2").clientRequestToken(TOKEN + "2"));
        secrets.putSecretValue(r -> r.secretId("once").secretString("3").clientRequestToken(TOKEN + "3"));
        secrets.putSecretValue(r -> r.secretId("once").secretString("2").clientRequestToken(TOKEN + "2"));
        assertThat(value("once")).isEqualTo("3");
        assertThatThrownBy(() -> secrets.putSecretValue(
                        r -> r.secretId("once").secretString("x").clientRequestToken(TOKEN + "2")))
                .isInstanceOf(ResourceExistsException.class)
                .hasMessageContaining("You can't use ClientRequestToken " + TOKEN + "2 because that value is already"
                        + " in use for a version of secret " + made.arn());
    }

    @Test
    void what_cannot_be_is_answered_as_the_api_has_it() {
        create("plain", "1");
        assertThatThrownBy(() -> value("never"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Secrets Manager can't find the specified secret.");
        assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("plain").versionStage("GREEN")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("can't find the specified secret value for staging label: GREEN");
        assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("plain").versionId(TOKEN + "9")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("can't find the specified secret value for VersionId: " + TOKEN + "9");
        secrets.createSecret(r -> r.name("empty"));
        assertThatThrownBy(() -> value("empty")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> create("a b", "1")).hasMessageContaining("Invalid name.");
        assertThatThrownBy(() -> secrets.putSecretValue(r -> r.secretId("plain")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("You must provide either SecretString or SecretBinary.");
        assertThatThrownBy(() -> secrets.putSecretValue(
                        r -> r.secretId("plain").secretString("a").secretBinary(SdkBytes.fromUtf8String("b"))))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> create("long", "x".repeat(65_537))).hasMessageContaining("65536");
        assertThatThrownBy(() -> secrets.createSecret(r -> r.name("far").addReplicaRegions(g -> g.region("eu-west-1"))))
                .isInstanceOfSatisfying(
                        SecretsManagerException.class,
                        e -> assertThat(e.statusCode()).isEqualTo(501));
    }

    @Test
    void a_secret_that_is_deleted_can_be_restored_or_is_gone_at_once() {
        create("going", "1");
        assertThatThrownBy(() -> secrets.deleteSecret(r -> r.secretId("going").recoveryWindowInDays(6L)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("between 7 and 30 days (inclusive)");
        secrets.deleteSecret(r -> r.secretId("going").recoveryWindowInDays(7L));
        assertThatThrownBy(() -> value("going"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(
                        "You can't perform this operation on the secret because it was marked for deletion.");
        assertThatThrownBy(() -> create("going", "2"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("already scheduled for deletion");
        assertThat(secrets.describeSecret(r -> r.secretId("going")).deletedDate())
                .isNotNull();
        assertThat(names(secrets.listSecrets(r -> r.filters(f -> f.key("name").values("going")))
                        .secretList()))
                .isEmpty();
        assertThat(names(secrets.listSecrets(r -> r.includePlannedDeletion(true)
                                .filters(f -> f.key("name").values("going")))
                        .secretList()))
                .containsExactly("going");
        secrets.restoreSecret(r -> r.secretId("going"));
        assertThat(value("going")).isEqualTo("1");
        secrets.deleteSecret(r -> r.secretId("going").forceDeleteWithoutRecovery(true));
        assertThatThrownBy(() -> value("going")).isInstanceOf(ResourceNotFoundException.class);
        secrets.deleteSecret(r -> r.secretId("going").forceDeleteWithoutRecovery(true));
    }

    private static List<String> names(List<SecretListEntry> entries) {
        return entries.stream().map(SecretListEntry::name).toList();
    }

    @Test
    void lists_are_filtered_sorted_and_told_in_parts() {
        for (var name : List.of("list/b", "list/a", "list/c")) {
            secrets.createSecret(r -> r.name(name)
                    .secretString(name)
                    .description("Key of the " + name.charAt(5) + "-gate")
                    .tags(t -> t.key("gate").value(name)));
        }
        var ours =
                Filter.builder().key(FilterNameStringType.NAME).values("list/").build();
        var first = secrets.listSecrets(
                r -> r.filters(ours).sortBy("name").sortOrder("asc").maxResults(2));
        assertThat(names(first.secretList())).containsExactly("list/a", "list/b");
        var rest = secrets.listSecrets(r ->
                r.filters(ours).sortBy("name").sortOrder("asc").maxResults(2).nextToken(first.nextToken()));
        assertThat(names(rest.secretList())).containsExactly("list/c");
        assertThat(rest.nextToken()).isNull();
        for (var filter : Map.of(
                        FilterNameStringType.DESCRIPTION, "B-gate",
                        FilterNameStringType.TAG_VALUE, "list/b",
                        FilterNameStringType.ALL, "LIST/B")
                .entrySet()) {
            assertThat(names(secrets.listSecrets(
                                    r -> r.filters(f -> f.key(filter.getKey()).values(filter.getValue())))
                            .secretList()))
                    .as(filter.getKey().toString())
                    .containsExactly("list/b");
        }
        assertThat(names(secrets.listSecrets(r -> r.filters(
                                ours, ours.toBuilder().values("!list/b").build()))
                        .secretList()))
                .containsExactlyInAnyOrder("list/a", "list/c");
        var several = secrets.batchGetSecretValue(r -> r.secretIdList("list/a", "list/none", "list/c"));
        assertThat(several.secretValues()).extracting(v -> v.secretString()).containsExactly("list/a", "list/c");
        assertThat(several.errors()).extracting(e -> e.errorCode()).containsExactly("ResourceNotFoundException");
        assertThat(secrets.batchGetSecretValue(r -> r.filters(ours)).secretValues())
                .hasSize(3);
    }

    @Test
    void a_password_is_of_the_characters_that_are_asked_for() {
        for (int i = 0; i < 50; i++) {
            var drawn = secrets.getRandomPassword(
                            r -> r.passwordLength(4L).excludePunctuation(true).includeSpace(true))
                    .randomPassword();
            assertThat(drawn)
                    .hasSize(4)
                    .matches("[A-Za-z0-9 ]{4}")
                    .contains(" ")
                    .matches(".*[0-9].*");
        }
        assertThat(secrets.getRandomPassword().randomPassword()).hasSize(32);
        assertThatThrownBy(() -> secrets.getRandomPassword(r -> r.excludeLowercase(true)
                        .excludeUppercase(true)
                        .excludePunctuation(true)
                        .excludeCharacters("0123456789")))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void a_key_of_the_accounts_must_be_for_the_caller_and_through_secrets_manager() {
        try (var kms = aws.client(
                aws.aws().administrator().accessKeyId(),
                aws.aws().administrator().secretAccessKey(),
                KmsClient.builder())) {
            var key = kms.createKey().keyMetadata();
            secrets.createSecret(r -> r.name("keyed").secretString("locked").kmsKeyId(key.keyId()));
            assertThat(secrets.describeSecret(r -> r.secretId("keyed")).kmsKeyId())
                    .isEqualTo(key.keyId());
            var reads = allow("secretsmanager:GetSecretValue", "*");
            var decrypts = ",{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"" + key.arn()
                    + "\",\"Condition\":{\"StringEquals\":{\"kms:ViaService\":\"secretsmanager.us-east-1.amazonaws.com\","
                    + "\"kms:EncryptionContext:SecretARN\":\""
                    + secrets.describeSecret(r -> r.secretId("keyed")).arn() + "\"}}}";
            try (var without = as("without-key", reads);
                    var with = as("with-key", reads + decrypts)) {
                assertThatThrownBy(() -> without.getSecretValue(r -> r.secretId("keyed")))
                        .hasMessageContaining("Access to KMS is not allowed");
                assertThat(with.getSecretValue(r -> r.secretId("keyed")).secretString())
                        .isEqualTo("locked");
            }
            kms.disableKey(r -> r.keyId(key.keyId()));
            assertThatThrownBy(() -> value("keyed")).isInstanceOf(DecryptionFailureException.class);
            kms.enableKey(r -> r.keyId(key.keyId()));
            secrets.updateSecret(r -> r.secretId("keyed").kmsKeyId("alias/aws/secretsmanager"));
            kms.disableKey(r -> r.keyId(key.keyId()));
            assertThat(value("keyed")).isEqualTo("locked");
            assertThatThrownBy(() -> secrets.createSecret(
                            r -> r.name("keyless").secretString("x").kmsKeyId("alias/none")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    @Test
    void policies_decide_by_arn_stage_and_tag_and_a_secrets_own_policy_too() {
        var arn = create("mine/door", "1");
        secrets.putSecretValue(r -> r.secretId("mine/door").secretString("2"));
        create("theirs/door", "3");
        secrets.tagResource(r -> r.secretId("mine/door").tags(t -> t.key("team").value("blue")));
        var current = "{\"Effect\":\"Allow\",\"Action\":\"secretsmanager:GetSecretValue\",\"Resource\":"
                + "\"arn:aws:secretsmanager:us-east-1:" + ACCOUNT + ":secret:mine/door-??????\",\"Condition\":"
                + "{\"StringEquals\":{\"secretsmanager:VersionStage\":\"AWSCURRENT\"}}}";
        var ofBlue = "{\"Effect\":\"Allow\",\"Action\":\"secretsmanager:DescribeSecret\",\"Resource\":\"*\","
                + "\"Condition\":{\"StringEquals\":{\"secretsmanager:ResourceTag/team\":\"blue\"}}}";
        try (var own = as("reader", current + "," + ofBlue)) {
            assertThat(own.getSecretValue(r -> r.secretId("mine/door").versionStage("AWSCURRENT"))
                            .secretString())
                    .isEqualTo("2");
            assertThatThrownBy(() ->
                            own.getSecretValue(r -> r.secretId("mine/door").versionStage("AWSPREVIOUS")))
                    .hasMessageContaining(
                            "is not authorized to perform: secretsmanager:GetSecretValue on resource: " + arn);
            own.describeSecret(r -> r.secretId("mine/door"));
            assertThatThrownBy(() -> own.describeSecret(r -> r.secretId("theirs/door")))
                    .hasMessageContaining("is not authorized to perform: secretsmanager:DescribeSecret");
            secrets.putResourcePolicy(r -> r.secretId("theirs/door").resourcePolicy("""
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"secretsmanager:GetSecretValue",
                    "Resource":"*","Principal":{"AWS":"arn:aws:iam::%s:role/reader"}}}""".formatted(ACCOUNT)));
            assertThat(own.getSecretValue(r -> r.secretId("theirs/door")).secretString())
                    .isEqualTo("3");
            secrets.deleteResourcePolicy(r -> r.secretId("theirs/door"));
            assertThatThrownBy(() -> own.getSecretValue(r -> r.secretId("theirs/door")))
                    .hasMessageContaining("is not authorized");
        }
    }

    @Test
    void a_policy_that_is_none_or_is_for_everyone_is_refused() {
        create("watched", "1");
        var everyone = """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"secretsmanager:*","Resource":"*",
                "Principal":"*"}}""";
        assertThatThrownBy(() -> secrets.putResourcePolicy(
                        r -> r.secretId("watched").resourcePolicy(everyone).blockPublicPolicy(true)))
                .isInstanceOf(PublicPolicyException.class);
        assertThatThrownBy(() ->
                        secrets.putResourcePolicy(r -> r.secretId("watched").resourcePolicy("{}")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
        assertThatThrownBy(() -> secrets.putResourcePolicy(r -> r.secretId("watched")
                        .resourcePolicy(everyone.replace(
                                "\"Principal\":\"*\"",
                                "\"Principal\":{\"AWS\":\"arn:aws:iam::" + ACCOUNT + ":role/no\"}"))))
                .hasMessageContaining("This resource policy contains an unsupported principal.");
        assertThat(secrets.validateResourcePolicy(r -> r.resourcePolicy(everyone))
                        .policyValidationPassed())
                .isFalse();
        assertThat(secrets.getResourcePolicy(r -> r.secretId("watched")).resourcePolicy())
                .isNull();
    }

    @Test
    void states_call_it_as_sdk_integrations() {
        create("state/door", "sesame");
        var definition = """
                {"StartAt":"Get","States":{
                  "Get":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:secretsmanager:describeSecret",
                    "Parameters":{"SecretId":"state/door"},"ResultPath":"$.got","Next":"Miss"},
                  "Miss":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:secretsmanager:getSecretValue",
                    "Parameters":{"SecretId":"state/none"},"End":true,
                    "Catch":[{"ErrorEquals":["SecretsManager.ResourceNotFoundException"],"ResultPath":"$.error",
                      "Next":"Done"}]},
                  "Done":{"Type":"Succeed"}}}""";
        var role = aws.role("states-secrets", "states.amazonaws.com", allow("secretsmanager:*", "*"));
        var output = SecretClients.output(aws, "secrets", role, definition);
        var got = (Map<?, ?>) Json.parseObject(output).get("got");
        assertThat(got.get("Name")).isEqualTo("state/door");
        assertThat(String.valueOf(got.get("CreatedDate"))).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(output).contains("SecretsManager.ResourceNotFoundException");
    }

    @Test
    void secrets_are_there_after_a_restart_and_no_file_has_one_in_plain_text(@TempDir Path folder) throws IOException {
        try (var first = EmbeddedAws.builder().folder(folder).start();
                var client = SecretClients.client(first, first.administrator())) {
            client.createSecret(r ->
                    r.name("kept").secretString(CANARY).tags(t -> t.key("k").value("v")));
            client.putSecretValue(r -> r.secretId("kept").secretString(CANARY + " 2"));
        }
        var hidden = Pattern.compile(String.join(
                "|",
                List.of(
                        Pattern.quote(CANARY.substring(0, 12)),
                        // At each of the three places that it may have in base64.
                        base64("" + CANARY).substring(0, 16),
                        base64(" " + CANARY).substring(4, 16),
                        base64("  " + CANARY).substring(4, 16))));
        var files = new ArrayList<Path>();
        try (var all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertThat(files).anyMatch(file -> file.endsWith("secrets.json"));
        for (var file : files) {
            assertThat(hidden.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .find())
                    .as(file.toString())
                    .isFalse();
        }
        try (var second = EmbeddedAws.builder().folder(folder).start();
                var client = SecretClients.client(second, second.administrator())) {
            assertThat(client.getSecretValue(r -> r.secretId("kept")).secretString())
                    .isEqualTo(CANARY + " 2");
            assertThat(client.getSecretValue(r -> r.secretId("kept").versionStage("AWSPREVIOUS"))
                            .secretString())
                    .isEqualTo(CANARY);
            assertThat(client.describeSecret(r -> r.secretId("kept")).tags()).hasSize(1);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private SecretsManagerClient as(String role, String statements) {
        var arn = aws.role(role, "lambda.amazonaws.com", statements);
        AccessKey session = aws.aws()
                .foundation()
                .sessions()
                .assumeAsService("lambda.amazonaws.com", arn, "test", RequestContext.EMPTY);
        return SecretClients.client(aws.aws(), session);
    }
}
