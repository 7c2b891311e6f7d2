package dev.baton.local;

import java.util.List;
import java.util.stream.Stream;

/// What the actions of Secrets Manager ask leave for, of the keys too.
class SecretsEnforcementTest extends EnforcementTable {
    private static final String SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";
    private static final String TOKEN = "6b0a0000-0000-4000-8000-00000000000";
    private static final String THIS = SECRET + "there-??????";
    private static final String RED = " secretsmanager:ResourceTag/owner=[red] aws:ResourceTag/owner=[red]";

    static Stream<Row> rows() {
        return Stream.of(secretRows(), valueRows(), otherRows()).flatMap(List::stream);
    }

    private static String through(String action, String key, String secret) {
        return action + " " + key + " kms:ViaService=[secretsmanager.us-east-1.amazonaws.com]"
                + " kms:EncryptionContext:SecretARN=[" + secret + "]";
    }

    static List<Row> secretRows() {
        var made = SECRET + "made-??????";
        var given = " secretsmanager:Name=[made] aws:RequestTag/team=[blue] aws:TagKeys=[team]";
        return List.of(
                Row.of(
                        "CreateSecret with a tag",
                        t -> t.secrets.createSecret(r -> r.name("made")
                                .secretString("x")
                                .tags(g -> g.key("team").value("blue"))),
                        "secretsmanager:CreateSecret " + made + given,
                        "secretsmanager:TagResource " + made + given,
                        through("kms:GenerateDataKey", MANAGED_KEY, made)),
                Row.of(
                        "CreateSecret without a value, with a key",
                        t -> t.secrets.createSecret(r -> r.name("keyed").kmsKeyId(t.key)),
                        "secretsmanager:CreateSecret " + SECRET
                                + "keyed-?????? secretsmanager:Name=[keyed] secretsmanager:KmsKeyArn=[" + KMS_KEY
                                + "]"),
                Row.of(
                        "DescribeSecret",
                        t -> t.secrets.describeSecret(r -> r.secretId("there")),
                        "secretsmanager:DescribeSecret " + THIS + RED),
                Row.of(
                        "DescribeSecret of one that is not there",
                        t -> t.secrets.describeSecret(r -> r.secretId("none")),
                        "secretsmanager:DescribeSecret " + SECRET + "none"),
                Row.of(
                        "UpdateSecret with another key",
                        t -> t.secrets.updateSecret(r -> r.secretId("there").kmsKeyId(t.key)),
                        "secretsmanager:UpdateSecret " + THIS + " secretsmanager:KmsKeyArn=[" + KMS_KEY + "]" + RED,
                        through("kms:Decrypt", MANAGED_KEY, THIS),
                        through("kms:GenerateDataKey", KMS_KEY, THIS)),
                Row.of(
                        "DeleteSecret",
                        t -> t.secrets.deleteSecret(r -> r.secretId("keyed").recoveryWindowInDays(7L)),
                        "secretsmanager:DeleteSecret " + SECRET
                                + "keyed-?????? secretsmanager:RecoveryWindowInDays=[7]"
                                + " secretsmanager:ForceDeleteWithoutRecovery=[false]"),
                Row.of(
                        "RestoreSecret",
                        t -> t.secrets.restoreSecret(r -> r.secretId("keyed")),
                        "secretsmanager:RestoreSecret " + SECRET + "keyed-??????"),
                Row.of(
                        "UntagResource",
                        t -> t.secrets.untagResource(r -> r.secretId("there").tagKeys("team")),
                        "secretsmanager:UntagResource " + THIS + RED.replace(" aws:", " aws:TagKeys=[team] aws:")),
                Row.of("ListSecrets", t -> t.secrets.listSecrets(), "secretsmanager:ListSecrets *"),
                Row.of("GetRandomPassword", t -> t.secrets.getRandomPassword(), "secretsmanager:GetRandomPassword *"));
    }

    static List<Row> valueRows() {
        return List.of(
                Row.of(
                        "GetSecretValue of a stage",
                        t -> t.secrets.getSecretValue(r -> r.secretId("there").versionStage("AWSCURRENT")),
                        "secretsmanager:GetSecretValue " + THIS + " secretsmanager:VersionStage=[AWSCURRENT]" + RED,
                        through("kms:Decrypt", KMS_KEY, THIS)),
                Row.of(
                        "GetSecretValue of a version",
                        t -> t.secrets.getSecretValue(r -> r.secretId("there").versionId(TOKEN + "1")),
                        "secretsmanager:GetSecretValue " + THIS + " secretsmanager:VersionId=[" + TOKEN + "1]" + RED,
                        through("kms:Decrypt", KMS_KEY, THIS)),
                Row.of(
                        "BatchGetSecretValue",
                        t -> t.secrets.batchGetSecretValue(r -> r.secretIdList("there")),
                        "secretsmanager:BatchGetSecretValue *",
                        "secretsmanager:GetSecretValue " + THIS + RED,
                        through("kms:Decrypt", KMS_KEY, THIS)),
                Row.of(
                        "PutSecretValue",
                        t -> t.secrets.putSecretValue(
                                r -> r.secretId("there").secretString("y").clientRequestToken(TOKEN + "2")),
                        "secretsmanager:PutSecretValue " + THIS + RED,
                        through("kms:GenerateDataKey", KMS_KEY, THIS)),
                Row.of(
                        "PutSecretValue again",
                        t -> t.secrets.putSecretValue(
                                r -> r.secretId("there").secretString("y").clientRequestToken(TOKEN + "2")),
                        "secretsmanager:PutSecretValue " + THIS + RED,
                        through("kms:Decrypt", KMS_KEY, THIS)),
                Row.of(
                        "UpdateSecretVersionStage",
                        t -> t.secrets.updateSecretVersionStage(
                                r -> r.secretId("there").versionStage("BLUE").moveToVersionId(TOKEN + "2")),
                        "secretsmanager:UpdateSecretVersionStage " + THIS + " secretsmanager:VersionStage=[BLUE]"
                                + RED),
                Row.of(
                        "ListSecretVersionIds",
                        t -> t.secrets.listSecretVersionIds(r -> r.secretId("there")),
                        "secretsmanager:ListSecretVersionIds " + THIS + RED));
    }

    static List<Row> otherRows() {
        return List.of(
                Row.of(
                        "PutResourcePolicy",
                        t -> t.secrets.putResourcePolicy(r -> r.secretId("there")
                                .resourcePolicy(TRUST.replace(
                                        "\"Action\":\"sts:*\"", "\"Action\":\"secretsmanager:*\",\"Resource\":\"*\""))),
                        "secretsmanager:PutResourcePolicy " + THIS + " secretsmanager:BlockPublicPolicy=[false]" + RED),
                Row.of(
                        "GetResourcePolicy",
                        t -> t.secrets.getResourcePolicy(r -> r.secretId("there")),
                        "secretsmanager:GetResourcePolicy " + THIS + RED),
                Row.of(
                        "ValidateResourcePolicy",
                        t -> t.secrets.validateResourcePolicy(r -> r.resourcePolicy(POLICY)),
                        "secretsmanager:ValidateResourcePolicy *"),
                Row.of(
                        "DeleteResourcePolicy",
                        t -> t.secrets.deleteResourcePolicy(r -> r.secretId("there")),
                        "secretsmanager:DeleteResourcePolicy " + THIS + RED),
                Row.of(
                        "RotateSecret with a function that is not there",
                        t -> t.secrets.rotateSecret(r -> r.secretId("made")
                                .rotateImmediately(false)
                                .rotationLambdaARN(ECHO + "x")
                                .rotationRules(rules -> rules.automaticallyAfterDays(1L))),
                        "secretsmanager:RotateSecret " + SECRET + "made-?????? secretsmanager:RotationLambdaARN=["
                                + ECHO + "x] secretsmanager:ModifyRotationRules=[true]"
                                + " secretsmanager:RotateImmediately=[false]",
                        "lambda:InvokeFunction " + ECHO + "x"),
                Row.of(
                        "CancelRotateSecret",
                        t -> t.secrets.cancelRotateSecret(r -> r.secretId("there")),
                        "secretsmanager:CancelRotateSecret " + THIS + RED));
    }
}
