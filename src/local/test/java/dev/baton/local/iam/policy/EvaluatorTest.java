package dev.baton.local.iam.policy;

import static dev.baton.local.iam.policy.Decision.Outcome.ALLOW;
import static dev.baton.local.iam.policy.Decision.Outcome.EXPLICIT_DENY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.local.iam.policy.Decision.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the layers play together.
class EvaluatorTest {
    private static final String HERE = "111122223333";
    private static final String USER = "arn:aws:iam::111122223333:user/team/ann";
    private static final String ROLE = "arn:aws:iam::111122223333:role/app";
    private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/app/one";
    private static final String STRANGER = "arn:aws:iam::999999999999:user/eve";
    private static final String KEY = "arn:aws:s3:::lake/k";

    private static final String ALL = allow("*", "*");
    private static final String GET = allow("s3:GetObject", "arn:aws:s3:::lake/*");

    @ParameterizedTest(name = "{0} asked by {1}, named {2}, within boundary {3} and session {4}: {5}")
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                // What a grant in the resource's own policy is worth within one account.
                "identity none | USER    | arn:aws:iam::111122223333:user/team/ann | other | - | ALLOW",
                "identity none | SESSION | arn:aws:sts::111122223333:assumed-role/app/one | other | other | ALLOW",
                "identity none | SESSION | arn:aws:sts::111122223333:assumed-role/app/two | - | - | IMPLICIT_DENY",
                "identity none | SESSION | arn:aws:iam::111122223333:role/app | - | - | ALLOW",
                "identity none | SESSION | arn:aws:iam::111122223333:role/app | other | - | IMPLICIT_DENY",
                "identity none | SESSION | arn:aws:iam::111122223333:role/app | - | other | IMPLICIT_DENY",
                "identity none | SESSION | arn:aws:iam::111122223333:role/app | get | get | ALLOW",
                "identity none | SESSION | * | other | other | ALLOW",
                "identity none | USER    | arn:aws:iam::111122223333:root | - | - | IMPLICIT_DENY",
                "identity get  | USER    | arn:aws:iam::111122223333:root | - | - | ALLOW",
                "identity get  | USER    | - | - | - | ALLOW",
                "identity get  | USER    | - | other | - | IMPLICIT_DENY",
                "identity get  | SESSION | - | get | other | IMPLICIT_DENY",
                "identity get  | SESSION | - | get | get | ALLOW",
                "identity none | SESSION | - | get | get | IMPLICIT_DENY",
                "identity none | ROLE    | arn:aws:iam::111122223333:role/app | - | - | ALLOW",
                // The account itself, nobody, a service, another account.
                "identity none | arn:aws:iam::111122223333:root | - | - | - | ALLOW",
                "identity none | anonymous | * | - | - | ALLOW",
                "identity none | anonymous | arn:aws:iam::111122223333:root | - | - | IMPLICIT_DENY",
                "identity none | anonymous | - | - | - | IMPLICIT_DENY",
                "identity get  | STRANGER | - | - | - | IMPLICIT_DENY",
                "identity none | STRANGER | arn:aws:iam::999999999999:user/eve | - | - | IMPLICIT_DENY",
                "identity get  | STRANGER | arn:aws:iam::999999999999:user/eve | - | - | ALLOW",
                "identity get  | STRANGER | 999999999999 | - | - | ALLOW",
                "identity get  | STRANGER | * | - | - | ALLOW",
                "identity get  | STRANGER | arn:aws:iam::999999999999:user/eve | other | - | IMPLICIT_DENY",
                "identity get  | STRANGER | arn:aws:iam::111122223333:root | - | - | IMPLICIT_DENY",
            })
    void a_grant_counts_by_how_closely_it_names_the_principal(
            String identity, String principal, String named, String boundary, String session, Outcome outcome) {
        var policies = PolicySet.NONE;
        if (identity.endsWith("get")) {
            policies = policies.withIdentity(policy(GET));
        }
        if (boundary != null) {
            policies = policies.withBoundary(policy(boundary.equals("get") ? GET : allow("ec2:*", "*")));
        }
        if (session != null) {
            policies = policies.withSession(List.of(policy(session.equals("get") ? GET : allow("ec2:*", "*"))));
        }
        if (named != null) {
            policies = policies.withResource(policy(grantTo(named)));
        }
        assertThat(decide(who(principal), "s3:GetObject", KEY, policies).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void an_explicit_deny_in_any_layer_ends_it() {
        var deny = policy(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"No\",\"Effect\":\"Deny\",\"Principal\":\"*\","
                        + "\"Action\":\"s3:*\",\"Resource\":\"*\"}}");
        var all = List.of(policy(ALL));
        var open = new PolicySet(all, all, all, policy(grantTo("*")), List.of(all), List.of(all), all);
        assertThat(decide(SESSION, "s3:GetObject", KEY, open).outcome()).isEqualTo(ALLOW);
        var two = List.of(policy(ALL), deny);
        var closed = List.of(
                new PolicySet(two, all, all, open.resource(), open.serviceControl(), open.resourceControl(), all),
                new PolicySet(all, two, all, open.resource(), open.serviceControl(), open.resourceControl(), all),
                new PolicySet(all, all, two, open.resource(), open.serviceControl(), open.resourceControl(), all),
                new PolicySet(all, all, all, deny, open.serviceControl(), open.resourceControl(), all),
                new PolicySet(all, all, all, open.resource(), List.of(all, two), open.resourceControl(), all),
                new PolicySet(all, all, all, open.resource(), open.serviceControl(), List.of(two), all),
                new PolicySet(all, all, all, open.resource(), open.serviceControl(), open.resourceControl(), two));
        assertThat(closed)
                .extracting(each -> decide(SESSION, "s3:GetObject", KEY, each).outcome())
                .containsOnly(EXPLICIT_DENY);
        assertThat(closed)
                .extracting(each -> decide(SESSION, "s3:GetObject", KEY, each).layer())
                .containsExactly(
                        PolicyLayer.IDENTITY,
                        PolicyLayer.BOUNDARY,
                        PolicyLayer.SESSION,
                        PolicyLayer.RESOURCE,
                        PolicyLayer.SERVICE_CONTROL,
                        PolicyLayer.RESOURCE_CONTROL,
                        PolicyLayer.ENDPOINT);
    }

    @Test
    void every_level_of_control_policies_has_to_allow() {
        var base = PolicySet.NONE.withIdentity(policy(ALL));
        var all = List.of(policy(ALL));
        var some = List.of(policy(allow("ec2:*", "*")), policy(allow("sqs:*", "*")));
        assertThat(decide(USER, "s3:GetObject", KEY, scp(base, all, all)).outcome())
                .isEqualTo(ALLOW);
        assertThat(decide(USER, "s3:GetObject", KEY, scp(base, all, some)).layer())
                .isEqualTo(PolicyLayer.SERVICE_CONTROL);
        assertThat(decide(USER, "sqs:SendMessage", "*", scp(base, all, some)).outcome())
                .isEqualTo(ALLOW);
        assertThat(decide(USER, "s3:GetObject", KEY, rcp(base, some)).layer()).isEqualTo(PolicyLayer.RESOURCE_CONTROL);
        assertThat(decide(USER, "lambda:InvokeFunction", "*", rcp(base, some)).outcome())
                .as("Lambda knows no resource control policies")
                .isEqualTo(ALLOW);
        assertThat(decide(
                                "events.amazonaws.com",
                                "s3:GetObject",
                                KEY,
                                scp(base.withResource(policy(grantTo("*"))), some))
                        .outcome())
                .as("a service belongs to no organization")
                .isEqualTo(ALLOW);
    }

    @Test
    void an_endpoint_lets_through_what_its_policy_allows() {
        var base = PolicySet.NONE.withIdentity(policy(ALL));
        assertThat(decide(USER, "s3:GetObject", KEY, endpoint(base, GET)).outcome())
                .isEqualTo(ALLOW);
        assertThat(decide(USER, "s3:PutObject", KEY, endpoint(base, GET)).layer())
                .isEqualTo(PolicyLayer.ENDPOINT);
        assertThat(decide(USER, "s3:GetObject", KEY, endpoint(base, grantTo(USER)))
                        .outcome())
                .isEqualTo(ALLOW);
        assertThat(decide(USER, "s3:GetObject", KEY, endpoint(base, grantTo(STRANGER)))
                        .layer())
                .isEqualTo(PolicyLayer.ENDPOINT);
    }

    @Test
    void a_role_and_a_key_belong_only_to_those_they_name() {
        var admin = PolicySet.NONE.withIdentity(policy(ALL));
        var key = "arn:aws:kms:eu-west-1:111122223333:key/1";
        assertThat(decide(USER, "sts:AssumeRole", ROLE, admin).layer()).isEqualTo(PolicyLayer.TRUST);
        assertThat(decide(USER, "kms:Decrypt", key, admin).layer()).isEqualTo(PolicyLayer.RESOURCE);
        assertThat(decide(USER, "kms:CreateKey", "*", admin).outcome()).isEqualTo(ALLOW);
        assertThat(decide(USER, "iam:GetRole", ROLE, admin).outcome()).isEqualTo(ALLOW);
        var delegated = policy(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},"
                        + "\"Action\":[\"kms:*\",\"sts:*\"],\"Resource\":\"*\"}}");
        assertThat(decide(USER, "kms:Decrypt", key, admin.withResource(delegated))
                        .outcome())
                .isEqualTo(ALLOW);
        assertThat(decide(USER, "sts:AssumeRole", ROLE, admin.withResource(delegated))
                        .outcome())
                .isEqualTo(ALLOW);
        assertThat(decide(USER, "sts:AssumeRole", ROLE, PolicySet.NONE.withResource(delegated))
                        .layer())
                .isEqualTo(PolicyLayer.IDENTITY);
    }

    @Test
    void not_principal_excepts_exactly_those_it_lists() {
        var deny = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":[\""
                + USER + "\",\"arn:aws:iam::111122223333:root\"]},\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
        var policies = PolicySet.NONE.withIdentity(policy(ALL)).withResource(policy(deny));
        assertThat(decide(USER, "s3:GetObject", KEY, policies).outcome()).isEqualTo(ALLOW);
        assertThat(decide("arn:aws:iam::111122223333:user/bob", "s3:GetObject", KEY, policies)
                        .outcome())
                .isEqualTo(EXPLICIT_DENY);
        assertThat(decide("arn:aws:iam::111122223333:root", "s3:GetObject", KEY, policies)
                        .outcome())
                .isEqualTo(ALLOW);
    }

    @Test
    void wildcards_of_a_resource_stop_at_colons_before_its_last_part_and_nowhere_in_it() {
        var policies = PolicySet.NONE.withIdentity(policy(allow("*", "arn:aws:lambda:*:*:function:app-*")));
        assertThat(allowed(policies, "arn:aws:lambda:eu-west-1:111122223333:function:app-x:7"))
                .isTrue();
        assertThat(allowed(policies, "arn:aws:lambda:eu-west-1:111122223333:function:other"))
                .isFalse();
        assertThat(allowed(policies, "arn:aws:lambda:eu-west-1:function:app-x")).isFalse();
        var account = PolicySet.NONE.withIdentity(policy(allow("*", "arn:aws:sns:*:111122223333:*")));
        assertThat(allowed(account, "arn:aws:sns:eu-west-1:111122223333:a:b")).isTrue();
        assertThat(allowed(account, "arn:aws:sns:eu-west-1:999999999999:111122223333:b"))
                .isFalse();
        var one = PolicySet.NONE.withIdentity(policy(allow("*", "arn:aws:s3:::lake/?.csv")));
        assertThat(allowed(one, "arn:aws:s3:::lake/\uD83D\uDE80.csv")).isTrue();
        assertThat(allowed(one, "arn:aws:s3:::lake/ab.csv")).isFalse();
    }

    @Test
    void a_pattern_of_many_stars_is_decided_at_once() {
        var policies = PolicySet.NONE.withIdentity(policy(allow("*", "arn:aws:s3:::" + "*a".repeat(50) + "b")));
        assertThat(allowed(policies, "arn:aws:s3:::" + "a".repeat(1_024))).isFalse();
    }

    @Test
    void a_denial_says_what_aws_says() {
        assertThat(decide(SESSION, "s3:GetObject", KEY, PolicySet.NONE).message())
                .isEqualTo("User: " + SESSION + " is not authorized to perform: s3:GetObject on resource: \"" + KEY
                        + "\" because no identity-based policy allows the s3:GetObject action");
        var deny = policy(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}");
        assertThat(decide(
                                SESSION,
                                "states:StartExecution",
                                "arn:aws:states:eu-west-1:111122223333:stateMachine:m",
                                PolicySet.NONE.withBoundary(deny))
                        .message())
                .isEqualTo(
                        "User: " + SESSION + " is not authorized to perform: states:StartExecution on resource:"
                                + " arn:aws:states:eu-west-1:111122223333:stateMachine:m with an explicit deny in a permissions boundary");
        assertThat(decide(USER, "sts:AssumeRole", ROLE, PolicySet.NONE).message())
                .endsWith("because no role trust policy allows the sts:AssumeRole action");
        assertThat(decide(USER, "s3:ListAllMyBuckets", "*", scp(PolicySet.NONE, List.of(deny)))
                        .message())
                .isEqualTo(
                        "User: " + USER
                                + " is not authorized to perform: s3:ListAllMyBuckets with an explicit deny in a service control policy");
        assertThat(decide(USER, "s3:ListAllMyBuckets", "*", scp(PolicySet.NONE, List.of()))
                        .message())
                .endsWith("because no service control policy allows the s3:ListAllMyBuckets action");
    }

    @Test
    void a_decision_explains_itself() {
        var read = Policy.parse(
                "inline policy read",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Read\",\"Effect\":\"Allow\","
                        + "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::lake/*\"},{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\","
                        + "\"Resource\":\"arn:aws:s3:::lake\",\"Condition\":{\"StringLike\":{\"s3:prefix\":\"orders/*\"}}}]}");
        var policies = PolicySet.NONE.withIdentity(read);
        assertThat(decide(USER, "s3:GetObject", KEY, policies).explanation())
                .isEqualTo("s3:GetObject on " + KEY + " for " + USER
                        + " is allowed by statement Read of inline policy read (identity-based policy)");
        assertThat(decide(USER, "s3:GetObject", "arn:aws:s3:::other/k", policies)
                        .explanation())
                .endsWith(
                        "no identity-based policy allows it; statement Read covers only arn:aws:s3:::lake/* (inline policy read)");
        assertThat(decide(USER, "s3:ListBucket", "arn:aws:s3:::lake", policies).explanation())
                .endsWith("statement 2 asks for StringLike s3:prefix [orders/*], but the request has no s3:prefix"
                        + " (inline policy read)");
        assertThat(decide(USER, "s3:PutObject", KEY, policies).explanation())
                .endsWith("none of [inline policy read] speaks of the action");
    }

    private static boolean allowed(PolicySet policies, String resource) {
        return decide(USER, "any:Action", resource, policies).allowed();
    }

    private static String who(String word) {
        return switch (word) {
            case "USER" -> USER;
            case "SESSION" -> SESSION;
            case "ROLE" -> ROLE;
            case "STRANGER" -> STRANGER;
            default -> word;
        };
    }

    private static Decision decide(String principal, String action, String resource, PolicySet policies) {
        return Evaluator.decide(
                Request.of(Principal.parse(principal), action, resource, HERE, RequestContext.EMPTY), policies);
    }

    private static Policy policy(String json) {
        return Policy.parse("policy", json);
    }

    private static String allow(String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}}";
    }

    private static String grantTo(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + principal
                + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::lake/*\"}}";
    }

    @SafeVarargs
    private static PolicySet scp(PolicySet base, List<Policy>... levels) {
        return new PolicySet(
                base.identity(),
                base.boundary(),
                base.session(),
                base.resource(),
                List.of(levels),
                List.of(),
                List.of());
    }

    private static PolicySet rcp(PolicySet base, List<Policy> level) {
        return new PolicySet(
                base.identity(),
                base.boundary(),
                base.session(),
                base.resource(),
                List.of(),
                List.of(level),
                List.of());
    }

    private static PolicySet endpoint(PolicySet base, String policy) {
        return new PolicySet(
                base.identity(),
                base.boundary(),
                base.session(),
                base.resource(),
                List.of(),
                List.of(),
                List.of(policy(policy)));
    }
}
