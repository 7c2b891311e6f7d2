package dev.baton.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.compiler.pipeline.BucketPolicies;
import dev.baton.compiler.pipeline.CompiledBucket;
import dev.baton.compiler.pipeline.CompiledPipeline;
import dev.baton.compiler.pipeline.CompiledRole.Kind;
import dev.baton.compiler.pipeline.Substitutions;
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
    void the_places_of_outputs_are_for_roles_of_pipelines_and_a_landing_place_for_anybody() {
        var lake = bucket("lake");
        assertThat(lake.arn()).isEqualTo("arn:${Partition}:s3:::${LakeBucket}");
        assertThat(lake.keyPlaceholder()).isEqualTo("LakeKey");
        var kept = sid(lake.policy(), BucketPolicies.ONLY_ROLES);
        assertThat(kept.get("Effect")).isEqualTo("Deny");
        assertThat(kept.get("Principal")).isEqualTo("*");
        assertThat(texts(kept.get("Resource")))
                .contains("arn:${Partition}:s3:::${LakeBucket}/clean/north/*")
                .noneSatisfy(resource -> assertThat(resource).contains("uploads/"));
        assertThat(condition(kept, "ArnNotLike", "aws:PrincipalArn"))
                .containsExactly("arn:${Partition}:iam::${AccountId}:role/baton/*");
        assertThat(lake.uploads())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).startsWith("uploads/"));
    }

    @Test
    void the_tags_of_a_role_say_what_it_writes() {
        assertThat(SALES.role("baton-sales-Clean").tags())
                .containsEntry("baton:pipeline", "sales")
                .containsEntry("baton:writes-1", "clean/north/")
                .containsEntry("baton:ends-1", ".csv")
                .doesNotContainKey("baton:records");
        assertThat(SALES.role("baton-sales-Clean-runner").tags())
                .isEqualTo(Map.of("baton:pipeline", "sales", "baton:records", "dev.baton.compiler.Sales.Clean"));
        assertThat(SALES.role("baton-sales-pin").tags()).containsEntry("baton:keeps", "pin.json");
        assertThat(SALES.role("baton-sales-callback").tags()).containsEntry("baton:keeps", "awaits/");
        assertThat(SALES.role("baton-sales-start").tags()).isEqualTo(Map.of("baton:pipeline", "sales"));
    }

    @Test
    void no_session_may_bring_tags_that_say_what_a_role_writes() {
        assertThat(SALES.roles()).allSatisfy(role -> {
            for (var statement : statements(role.trust())) {
                if (texts(statement.get("Action")).contains("sts:TagSession")) {
                    assertThat(condition(statement, "ForAllValues:StringEquals", "aws:TagKeys"))
                            .isNotEmpty()
                            .isSubsetOf("baton:execution", "baton:pipeline", "baton:task", "baton:owner");
                }
            }
        });
        for (var role : SALES.roles()) {
            if (role.kind() == Kind.TASK) {
                assertThat(statements(role.trust()).stream()
                                .filter(statement ->
                                        texts(statement.get("Action")).contains("sts:AssumeRole")))
                        .allSatisfy(statement -> assertThat(
                                        condition(statement, "StringEquals", "aws:RequestTag/baton:pipeline"))
                                .containsExactly("sales"));
            }
        }
    }

    @Test
    void the_policies_of_two_pipelines_in_one_bucket_are_one_and_stay_so() {
        var there = Json.parseObject("""
                {"Version": "2012-10-17", "Statement": [{"Sid": "OnlyByTls", "Effect": "Deny"}, {"Sid": "Theirs"}]}""");
        var wanted = List.of(BucketPolicies.Wanted.of(bucket("lake")));
        var joined = BucketPolicies.joined(there, wanted);
        assertThat(statements(joined))
                .extracting(statement -> statement.get("Sid"))
                .contains("Theirs", "OnlyItsKey");
        assertThat(BucketPolicies.joined(joined, wanted)).isEqualTo(joined);
        assertThat(BucketPolicies.joined(null, wanted)).isEqualTo(bucket("lake").policy());
        // The bucket of runs and records says of any number of pipelines what it says of one.
        var state = BucketPolicies.Wanted.of(bucket(CompiledBucket.STATE));
        var other = BucketPolicies.Wanted.of(Fleet.COMPILED.buckets().stream()
                .filter(bucket -> bucket.logical().equals(CompiledBucket.STATE))
                .findFirst()
                .orElseThrow());
        assertThat(BucketPolicies.joined(null, List.of(state, other))).isEqualTo(state.policy());
    }

    @Test
    void what_an_older_baton_said_of_single_roles_goes() {
        var old = Json.parseObject("""
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "OnlyBatonGoneRunner", "Effect": "Deny", "Principal": "*", "Action": ["s3:PutObject"],
                   "Resource": ["arn:aws:s3:::state/completions/Gone/*"],
                   "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/baton/gone/baton-gone-x"}}},
                  {"Sid": "Theirs", "Effect": "Deny", "Principal": "*", "Action": ["s3:PutObject"],
                   "Resource": ["arn:aws:s3:::state/a/*"],
                   "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/somebody"}}}]}""");
        assertThat(statements(BucketPolicies.joined(old, List.of())))
                .extracting(statement -> statement.get("Sid"))
                .containsExactly("Theirs");
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
