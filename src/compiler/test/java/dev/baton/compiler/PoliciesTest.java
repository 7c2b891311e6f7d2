package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.CompiledRole.Kind;
import dev.baton.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.policybuilder.iam.IamPolicy;

/// The derived policies as a whole. That they are enforced as meant is shown where they are: on the embedded AWS.
class PoliciesTest {
    private static final CompiledPipeline SALES = Compiler.compile(Sales.PIPELINE);

    @Test
    void awss_own_reader_finds_in_every_policy_what_we_wrote() {
        for (var policy : all()) {
            var read = IamPolicy.fromJson(Json.print(policy));
            var statements = statements(policy);
            assertThat(read.statements()).hasSameSizeAs(statements);
            for (var i = 0; i < statements.size(); i++) {
                var theirs = read.statements().get(i);
                var ours = statements.get(i);
                assertThat(theirs.sid()).isEqualTo(ours.get("Sid"));
                assertThat(theirs.effect().value()).isEqualTo(ours.get("Effect"));
                assertThat(theirs.actions())
                        .extracting(action -> action.value())
                        .isEqualTo(texts(ours.get("Action")));
                assertThat(theirs.resources())
                        .extracting(resource -> resource.value())
                        .isEqualTo(texts(ours.get("Resource")));
                var conditions = new ArrayList<String>();
                ((Map<?, ?>) Objects.requireNonNullElse(ours.get("Condition"), Map.of()))
                        .forEach((operator, keys) -> ((Map<?, ?>) keys)
                                .forEach((key, values) -> texts(values)
                                        .forEach(value -> conditions.add(operator + " " + key + " " + value))));
                assertThat(theirs.conditions())
                        .extracting(condition -> condition.operator().value() + " "
                                + condition.key().value() + " " + condition.value())
                        .isEqualTo(conditions);
            }
        }
    }

    @Test
    void no_sid_stands_twice_in_a_policy() {
        for (var policy : all()) {
            assertThat(statements(policy))
                    .extracting(statement -> statement.get("Sid"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whoever_deploys_makes_roles_within_the_boundary_which_it_cannot_touch() {
        var deploy = SALES.deployRole();
        assertThat(deploy.kind()).isEqualTo(Kind.DEPLOY);
        assertThat(deploy.boundary()).isNull();
        // Not among the roles that it may change.
        assertThat(deploy.arn()).doesNotContain("role/baton/sales/");
        var boundary = SALES.boundary().arn();
        for (var statement : statements(deploy.policy())) {
            for (var action : texts(statement.get("Action"))) {
                switch (action) {
                    case "iam:CreateRole",
                            "iam:PutRolePolicy",
                            "iam:DeleteRolePolicy",
                            "iam:PutRolePermissionsBoundary" ->
                        assertThat(condition(statement, "StringEquals", "iam:PermissionsBoundary"))
                                .containsExactly(boundary);
                    case "iam:PassRole" -> {
                        assertThat(condition(statement, "StringEquals", "iam:PassedToService"))
                                .containsExactly(
                                        "ecs-tasks.amazonaws.com",
                                        "events.amazonaws.com",
                                        "lambda.amazonaws.com",
                                        "states.amazonaws.com");
                        for (var role : SALES.roles()) {
                            assertThat(texts(statement.get("Resource")).stream()
                                            .anyMatch(pattern -> role.arn().matches(regex(pattern))))
                                    .as(role.name())
                                    .isEqualTo(role.kind() != Kind.TASK);
                        }
                    }
                    default ->
                        assertThat(action)
                                .doesNotMatch(
                                        "iam:(Attach|Detach|Create(Policy|User|Access)|Delete(Policy|RoleP)|Set).*")
                                .doesNotStartWith("sts:");
                }
                if (!action.startsWith("iam:Get") && !action.startsWith("iam:List")) {
                    assertThat(texts(statement.get("Resource"))).doesNotContain(boundary);
                }
            }
        }
        assertThat(Json.print(deploy.trust()))
                .contains("\"sts:AssumeRoleWithWebIdentity\"", "\"Federated\"", "\"${OidcIssuer}:sub\"")
                .doesNotContain("\"AWS\"");
    }

    @Test
    void the_issuer_in_a_condition_key_is_replaced_as_well() {
        var trust = new Substitutions(Map.of("OidcIssuer", "token.example.com", "OidcSubject", "repo:acme/*"))
                .in(SALES.deployRole().trust());
        assertThat(Json.print(trust))
                .contains("oidc-provider/token.example.com\"", "\"token.example.com:sub\":\"repo:acme/*\"");
    }

    @Test
    void all_other_roles_have_the_boundary() {
        assertThat(SALES.roles())
                .allSatisfy(role ->
                        assertThat(role.boundary()).isEqualTo(SALES.boundary().arn()));
        assertThat(Json.print(SALES.boundary().policy())).doesNotContain("\"iam:", "organizations:", "s3:PutBucket");
    }

    @Test
    void a_task_writes_only_what_says_that_it_is_encrypted_with_the_buckets_key() {
        var policy = SALES.role("baton-sales-Turnover").policy();
        var writes = statements(policy).stream()
                .filter(statement -> texts(statement.get("Action")).contains("s3:PutObject"))
                .toList();
        assertThat(writes).singleElement().satisfies(write -> {
            assertThat(condition(write, "StringEquals", "s3:x-amz-server-side-encryption"))
                    .containsExactly("aws:kms");
            assertThat(condition(write, "StringEquals", "s3:x-amz-server-side-encryption-aws-kms-key-id"))
                    .containsExactly("${BooksKey}");
        });
        assertThat(sid(policy, "DecryptWhatItReads").get("Resource"))
                .isEqualTo(List.of("${BooksKey}", "${LakeKey}", "${ReferenceKey}", "${StateKey}"));
        var encrypts = sid(policy, "EncryptWhatItWrites");
        assertThat(encrypts.get("Resource")).isEqualTo(List.of("${BooksKey}"));
        assertThat(condition(encrypts, "StringEquals", "kms:EncryptionContext:aws:s3:arn"))
                .containsExactly("arn:${Partition}:s3:::${BooksBucket}");
        assertThat(condition(encrypts, "StringEquals", "kms:ViaService")).containsExactly("s3.${Region}.amazonaws.com");
    }

    @Test
    void deleting_is_for_those_who_declare_it() {
        assertThat(SALES.roles().stream()
                        .filter(role -> role.kind() == Kind.TASK)
                        .filter(role -> Json.print(role.policy()).contains("s3:DeleteObject")))
                .isEmpty();
    }

    @Test
    void an_output_has_one_writer_and_a_landing_place_any() {
        var lake = bucket("lake");
        assertThat(lake.arn()).isEqualTo("arn:${Partition}:s3:::${LakeBucket}");
        assertThat(lake.keyPlaceholder()).isEqualTo("LakeKey");
        var owners = new LinkedHashMap<String, List<String>>();
        for (var statement : statements(lake.policy())) {
            var exempt = condition(statement, "ArnNotLike", "aws:PrincipalArn");
            if (!exempt.isEmpty()) {
                assertThat(statement).containsEntry("Effect", "Deny").containsEntry("Principal", "*");
                texts(statement.get("Resource")).forEach(resource -> owners.put(resource, exempt));
            }
        }
        assertThat(owners)
                .containsEntry(
                        "arn:${Partition}:s3:::${LakeBucket}/clean/north/*.csv",
                        List.of("arn:${Partition}:iam::${AccountId}:role/baton/sales/baton-sales-Clean"))
                .noneSatisfy((resource, owner) -> assertThat(resource).contains("uploads/"));
    }

    @Test
    void records_are_written_by_runners_pins_by_the_pin_function_and_awaits_by_the_callback_function() {
        var exempt = new LinkedHashMap<String, String>();
        for (var statement : statements(bucket(CompiledBucket.STATE).policy())) {
            texts(statement.get("Resource"))
                    .forEach(resource -> condition(statement, "ArnNotLike", "aws:PrincipalArn")
                            .forEach(role -> exempt.put(resource, role)));
        }
        var state = "arn:${Partition}:s3:::${StateBucket}/";
        var role = "arn:${Partition}:iam::${AccountId}:role/baton/sales/baton-sales-";
        assertThat(exempt)
                .containsEntry(state + "completions/dev.baton.compiler.Sales.Clean/*", role + "Clean-runner")
                .containsEntry(state + "runs/sales/*/done/dev.baton.compiler.Sales.Clean-*", role + "Clean-runner")
                .containsEntry(state + "runs/sales/*/pin.json", role + "pin")
                .containsEntry(state + "runs/sales/*/awaits/*", role + "callback");
    }

    @Test
    void the_policies_of_two_pipelines_in_one_bucket_are_one_and_stay_so() {
        var there = Json.parseObject("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "OnlyByTls", "Effect": "Deny"}, {"Sid": "Theirs"}]}""");
        var joined = BucketPolicies.joined(there, bucket("lake").policy());
        assertThat(statements(joined))
                .extracting(statement -> statement.get("Sid"))
                .contains("Theirs", "OnlyItsKey");
        assertThat(BucketPolicies.joined(joined, bucket("lake").policy())).isEqualTo(joined);
        assertThat(BucketPolicies.joined(null, bucket("lake").policy()))
                .isEqualTo(bucket("lake").policy());
    }

    @Test
    void what_an_earlier_deployment_left_goes_and_pipelines_that_share_a_task_both_write() {
        var mine = writes("a", "OnlyA", "completions/Clean/*");
        var before = writes("a", "OnlyAsOldTask", "completions/Old/*");
        var theirs = writes("b", "OnlyB", "completions/Clean/*");
        var other = writes("b", "OnlyBToo", "completions/Load/*");
        var joined = BucketPolicies.joined(
                BucketPolicies.joined(BucketPolicies.joined(policy(theirs, other), policy(before)), policy(mine)),
                policy(mine));
        var exempt = new LinkedHashMap<Object, List<String>>();
        statements(joined)
                .forEach(statement ->
                        exempt.put(statement.get("Sid"), condition(statement, "ArnNotLike", "aws:PrincipalArn")));
        var a = "arn:aws:iam::1:role/baton/a/runner";
        var b = "arn:aws:iam::1:role/baton/b/runner";
        assertThat(exempt).isEqualTo(Map.of("OnlyB", List.of(a, b), "OnlyBToo", List.of(b), "OnlyA", List.of(a, b)));
    }

    private static Map<String, Object> writes(String pipeline, String sid, String keys) {
        return Map.of(
                "Sid",
                sid,
                "Effect",
                "Deny",
                "Action",
                "s3:PutObject",
                "Resource",
                "arn:aws:s3:::state/" + keys,
                "Condition",
                Map.of("ArnNotLike", Map.of("aws:PrincipalArn", "arn:aws:iam::1:role/baton/" + pipeline + "/runner")));
    }

    @SafeVarargs
    private static Map<String, Object> policy(Map<String, Object>... statements) {
        return Map.of("Version", "2012-10-17", "Statement", List.of(statements));
    }

    private static CompiledBucket bucket(String logical) {
        return SALES.buckets().stream()
                .filter(bucket -> bucket.logical().equals(logical))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, ?>> all() {
        var all = new ArrayList<Map<String, ?>>();
        Stream.concat(SALES.roles().stream(), Stream.of(SALES.deployRole())).forEach(role -> {
            all.add(role.policy());
            all.add(role.trust());
        });
        all.add(SALES.boundary().policy());
        SALES.buckets().forEach(bucket -> all.add(bucket.policy()));
        return all;
    }

    private static Map<?, ?> sid(Map<String, ?> policy, String sid) {
        return statements(policy).stream()
                .filter(statement -> sid.equals(statement.get("Sid")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> statements(Map<String, ?> policy) {
        var statements = new ArrayList<Map<String, Object>>();
        ((List<?>) Objects.requireNonNull(policy.get("Statement"))).forEach(statement -> {
            var copy = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) statement).forEach((name, value) -> copy.put((String) name, value));
            statements.add(copy);
        });
        return statements;
    }

    private static List<String> condition(Map<?, ?> statement, String operator, String key) {
        return statement.get("Condition") instanceof Map<?, ?> condition
                        && condition.get(operator) instanceof Map<?, ?> keys
                ? texts(keys.get(key))
                : List.of();
    }

    private static List<String> texts(Object value) {
        return value == null
                ? List.of()
                : value instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of((String) value);
    }

    private static String regex(String pattern) {
        return "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    }
}
