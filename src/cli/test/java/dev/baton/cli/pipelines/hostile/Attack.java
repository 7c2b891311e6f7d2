package dev.baton.cli.pipelines.hostile;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Tag;

/// What a task may try. What it is after was left by the caper of 2001.
public enum Attack {
    READ_A_SIBLINGS_INPUT("s3:GetObject", t -> read(t.session.s3(), "lake", "treasure/2001.txt")),
    READ_A_SIBLINGS_OUTPUT("s3:GetObject", t -> read(t.session.s3(), "lake", "vault/2001.txt")),
    WRITE_A_SIBLINGS_OUTPUT("s3:PutObject", t -> t.write(t.given, "lake", "vault/2001.txt")),
    DELETE_A_SIBLINGS_OUTPUT(
            "s3:DeleteObject",
            t -> t.session.s3().deleteObject(r -> r.bucket("lake").key("vault/2001.txt"))),
    READ_THE_INPUT_OF_ANOTHER_RUN("s3:GetObject", t -> read(t.session.s3(), "lake", "tickets/2001.txt")),
    WRITE_THE_OUTPUT_OF_ANOTHER_RUN("s3:PutObject", t -> t.write(t.given, "lake", "burgled/2001.json")),
    DELETE_ITS_OWN_OUTPUT(
            "s3:DeleteObject",
            t -> t.session.s3().deleteObject(r -> r.bucket("lake").key("burgled/2002.json"))),
    LIST_THE_BUCKET("s3:ListBucket", t -> t.session.s3().listObjectsV2(r -> r.bucket("lake"))),
    LIST_A_SIBLINGS_PREFIX(
            "s3:ListBucket", t -> t.session.s3().listObjectsV2(r -> r.bucket("lake").prefix("vault/"))),
    LIST_ALL_BUCKETS("s3:ListAllMyBuckets", t -> t.session.s3().listBuckets()),
    WRITE_WITHOUT_A_WORD_ABOUT_ENCRYPTION("s3:PutObject", t -> write(t.session.s3(), "lake", "burgled/2002.json")),
    WRITE_UNDER_S3S_OWN_KEY(
            "s3:PutObject",
            t -> t.session.s3()
                    .putObject(
                            r -> r.bucket("lake")
                                    .key("burgled/2002.json")
                                    .serverSideEncryption(ServerSideEncryption.AES256),
                            RequestBody.fromString("mine"))),
    WRITE_UNDER_ANOTHER_KEY(
            "s3:PutObject",
            t -> t.session.s3()
                    .putObject(
                            r -> r.bucket("lake")
                                    .key("burgled/2002.json")
                                    .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                    .ssekmsKeyId("alias/aws/s3"),
                            RequestBody.fromString("mine"))),
    FORGE_ITS_OWN_RECORD(
            "s3:PutObject",
            t -> t.write(t.given, "baton-state", "completions/" + Burglar.class.getName() + "/year=2002.json")),
    FORGE_A_SIBLINGS_RECORD(
            "s3:PutObject",
            t -> t.write(t.given, "baton-state", "completions/" + Vault.class.getName() + "/year=2001.json")),
    OPEN_THE_BUCKET(
            "s3:PutBucketPolicy",
            t -> t.session.s3().putBucketPolicy(r -> r.bucket("lake").policy("""
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"s3:*",
                    "Resource":"arn:aws:s3:::lake/*"}}"""))),
    DECRYPT_BESIDE_S3("kms:GenerateDataKey", t -> t.session.kms()
            .generateDataKey(r -> r.keyId("alias/baton").keySpec("AES_256"))),
    CHANGE_THE_KEYS_POLICY("kms:PutKeyPolicy", t -> t.session.kms()
            .putKeyPolicy(r -> r.keyId("alias/baton").policy("{}"))),
    ASSUME_A_SIBLINGS_ROLE("sts:AssumeRole", t -> assume(t.session.sts(), null, "Vault", "Vault", "Vault")),
    ASSUME_ITS_ROLE_AGAIN(
            "sts:AssumeRole", t -> assume(t.session.sts(), null, "Burglar", "Burglar", "Burglar")),
    COMPLETE_ANOTHERS_TASK(
            "states:SendTaskSuccess", t -> t.session.states().sendTaskSuccess(r -> r.taskToken("t").output("{}"))),
    FAIL_ANOTHERS_TASK("states:SendTaskFailure", t -> t.session.states().sendTaskFailure(r -> r.taskToken("t"))),
    START_AN_EXECUTION("states:StartExecution", t -> t.session.states()
            .startExecution(r -> r.stateMachineArn(machine()))),
    READ_THE_HISTORY_FOR_TOKENS("states:GetExecutionHistory", t -> t.session.states()
            .getExecutionHistory(r -> r.executionArn(machine().replace("stateMachine", "execution") + ":x"))),
    INVOKE_A_SIBLINGS_FUNCTION(
            "lambda:InvokeFunction", t -> t.session.lambda().invoke(r -> r.functionName("baton-hostile-Vault"))),
    TELL_OF_A_COMPLETION("events:PutEvents", t -> t.session.events()
            .putEvents(r -> r.entries(e -> e.source("baton.hostile").detailType("Task Completed").detail("{}")))),
    GRANT_ITSELF_MORE("iam:PutRolePolicy", t -> t.session.iam()
            .putRolePolicy(r -> r.roleName("baton-hostile-Burglar").policyName("more").policyDocument("{}"))),
    SHED_ITS_BOUNDARY("iam:DeleteRolePermissionsBoundary", t -> t.session.iam()
            .deleteRolePermissionsBoundary(r -> r.roleName("baton-hostile-Burglar"))),
    MAKE_A_USER("iam:CreateUser", t -> t.session.iam().createUser(r -> r.userName("burglar"))),

    READ_BY_THE_DEFAULT_CHAIN("s3:GetObject", t -> read(t.function.s3(), "lake", "tickets/2002.txt")),
    READ_A_SIBLINGS_INPUT_BY_THE_DEFAULT_CHAIN("s3:GetObject", t -> read(t.function.s3(), "lake", "treasure/2001.txt")),
    LIST_BY_THE_DEFAULT_CHAIN("s3:ListBucket", t -> t.function.s3().listObjectsV2(r -> r.bucket("lake"))),
    WRITE_BY_THE_DEFAULT_CHAIN("s3:PutObject", t -> t.write(t.function.s3(), "lake", "burgled/2002.json")),
    READ_WITH_THE_ENVIRONMENTS_KEY("s3:GetObject", t -> read(t.environment.s3(), "lake", "tickets/2002.txt")),
    WRITE_WITH_THE_ENVIRONMENTS_KEY(
            "s3:PutObject", t -> t.write(t.environment.s3(), "lake", "burgled/2002.json")),
    FORGE_A_SIBLINGS_RECORD_WITH_THE_ENVIRONMENTS_KEY(
            "s3:PutObject",
            t -> t.write(
                    t.environment.s3(), "baton-state", "completions/" + Vault.class.getName() + "/year=2001.json")),
    PIN_WITH_THE_ENVIRONMENTS_KEY(
            "s3:PutObject", t -> t.write(t.environment.s3(), "baton-state", "runs/hostile/x/pin.json")),
    DECRYPT_WITH_THE_ENVIRONMENTS_KEY("kms:GenerateDataKey", t -> t.environment.kms()
            .generateDataKey(r -> r.keyId("alias/baton").keySpec("AES_256"))),
    ASSUME_A_SIBLINGS_ROLE_WITH_THE_ENVIRONMENTS_KEY(
            "sts:AssumeRole", t -> assume(t.environment.sts(), source(), "Vault", "Vault", "Vault")),
    ASSUME_ITS_ROLE_IN_A_SIBLINGS_NAME(
            "sts:AssumeRole", t -> assume(t.environment.sts(), source(), "Burglar", "Vault", "Burglar")),
    ASSUME_ITS_ROLE_UNDER_A_SIBLINGS_SESSION_NAME(
            "sts:AssumeRole", t -> assume(t.environment.sts(), source(), "Burglar", "Burglar", "Vault")),
    COMPLETE_ANOTHERS_TASK_WITH_THE_ENVIRONMENTS_KEY(
            "states:SendTaskSuccess",
            t -> t.environment.states().sendTaskSuccess(r -> r.taskToken("t").output("{}"))),
    START_AN_EXECUTION_WITH_THE_ENVIRONMENTS_KEY("states:StartExecution", t -> t.environment.states()
            .startExecution(r -> r.stateMachineArn(machine()))),
    INVOKE_A_SIBLINGS_FUNCTION_WITH_THE_ENVIRONMENTS_KEY(
            "lambda:InvokeFunction", t -> t.environment.lambda().invoke(r -> r.functionName("baton-hostile-Vault"))),
    PRETEND_TO_BE_S3("events:PutEvents", t -> t.environment.events()
            .putEvents(r -> r.entries(
                    e -> e.source("baton.hostile").detailType("Object Created").detail("{}")))),
    PRETEND_TO_BE_ANOTHER_PIPELINE("events:PutEvents", t -> t.environment.events()
            .putEvents(r -> r.entries(
                    e -> e.source("baton.weather").detailType("Task Completed").detail("{}")))),
    GRANT_THE_FUNCTION_MORE("iam:PutRolePolicy", t -> t.environment.iam()
            .putRolePolicy(
                    r -> r.roleName("baton-hostile-Burglar-runner").policyName("more").policyDocument("{}")));

    private final String action;
    private final Consumer<Tools> tried;

    Attack(String action, Consumer<Tools> tried) {
        this.action = action;
        this.tried = tried;
    }

    /// What IAM has to refuse.
    public String action() {
        return action;
    }

    void with(Tools tools) {
        tried.accept(tools);
    }

    private static void read(S3Client s3, String bucket, String key) {
        s3.getObjectAsBytes(r -> r.bucket(bucket).key(key));
    }

    private static void write(S3Client s3, String bucket, String key) {
        s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("mine"));
    }

    private static String machine() {
        return "arn:aws:states:us-east-1:000000000000:stateMachine:baton-hostile";
    }

    private static String source() {
        return "hostile." + "x".repeat(16);
    }

    /// @param source absent where the session has one already, which it cannot change
    /// @param role whose role
    /// @param tagged the task that the tags name
    /// @param named the task that the session's name names
    private static void assume(StsClient sts, @Nullable String source, String role, String tagged, String named) {
        sts.assumeRole(r -> r.roleArn("arn:aws:iam::000000000000:role/baton/hostile/baton-hostile-" + role)
                .roleSessionName("x".repeat(16) + "." + named + ".x")
                .sourceIdentity(source)
                .tags(List.of(
                        tag("baton:pipeline", "hostile"), tag("baton:task", tagged), tag("baton:execution", "x"))));
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
