package dev.baton.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.local.IdentityEndpoint;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.Tag;

/// IAM as the AWS SDK sees it.
class IamWireTest {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},
            "Action":"sts:AssumeRole"}}""";
    private static final String READ = """
            {"Version":"2012-10-17","Statement":{"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::lake/*"}}""";

    private static final String OF_AWS = "arn:aws:iam::aws:policy/";

    private final IdentityEndpoint endpoint = IdentityEndpoint.start();
    private final IamClient iam = endpoint.iam(endpoint.administrator());

    @AfterEach
    void stop() {
        iam.close();
        endpoint.close();
    }

    @Test
    void a_role_lives_from_its_making_to_its_end() {
        var made = iam.createRole(r -> r.roleName("clean")
                        .path("/baton/weather/")
                        .description("cleans")
                        .maxSessionDuration(7_200)
                        .assumeRolePolicyDocument(TRUST)
                        .tags(Tag.builder().key("team").value("red").build()))
                .role();
        assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000000:role/baton/weather/clean");
        assertThat(made.roleId()).startsWith("AROA");
        iam.putRolePolicy(r -> r.roleName("clean").policyName("read").policyDocument(READ));
        var role = iam.getRole(r -> r.roleName("clean")).role();
        assertThat(role.path()).isEqualTo("/baton/weather/");
        assertThat(role.maxSessionDuration()).isEqualTo(7_200);
        assertThat(role.description()).isEqualTo("cleans");
        assertThat(role.tags()).extracting(Tag::key).containsExactly("team");
        assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo(TRUST);
        assertThat(iam.listRolePolicies(r -> r.roleName("clean")).policyNames()).containsExactly("read");
        assertThat(decoded(iam.getRolePolicy(r -> r.roleName("clean").policyName("read"))
                        .policyDocument()))
                .isEqualTo(READ);
        assertThat(iam.listRoles(r -> r.pathPrefix("/baton/")).roles()).hasSize(1);
        assertThat(iam.listRoles(r -> r.pathPrefix("/other/")).roles()).isEmpty();
        iam.updateAssumeRolePolicy(r -> r.roleName("clean").policyDocument(TRUST.replace("lambda", "states")));
        assertThat(decoded(iam.getRole(r -> r.roleName("clean")).role().assumeRolePolicyDocument()))
                .contains("states.amazonaws.com");
        iam.updateRole(r -> r.roleName("clean").maxSessionDuration(3_600));
        assertThat(code(() -> iam.deleteRole(r -> r.roleName("clean")))).isEqualTo("DeleteConflict 409");
        iam.deleteRolePolicy(r -> r.roleName("clean").policyName("read"));
        iam.deleteRole(r -> r.roleName("clean"));
        assertThat(code(() -> iam.getRole(r -> r.roleName("clean")))).isEqualTo("NoSuchEntity 404");
    }

    @Test
    void a_managed_policy_has_versions_and_is_attached() {
        var arn = iam.createPolicy(r -> r.policyName("reader").policyDocument(READ))
                .policy()
                .arn();
        assertThat(arn).isEqualTo("arn:aws:iam::000000000000:policy/reader");
        iam.createRole(r -> r.roleName("clean").assumeRolePolicyDocument(TRUST));
        iam.attachRolePolicy(r -> r.roleName("clean").policyArn(arn));
        iam.putRolePermissionsBoundary(r -> r.roleName("clean").permissionsBoundary(arn));
        assertThat(iam.listAttachedRolePolicies(r -> r.roleName("clean")).attachedPolicies())
                .extracting(each -> each.policyArn())
                .containsExactly(arn);
        assertThat(iam.getRole(r -> r.roleName("clean"))
                        .role()
                        .permissionsBoundary()
                        .permissionsBoundaryArn())
                .isEqualTo(arn);
        assertThat(iam.getPolicy(r -> r.policyArn(arn)).policy().attachmentCount())
                .isEqualTo(1);
        var version = iam.createPolicyVersion(r -> r.policyArn(arn)
                        .policyDocument(READ.replace("lake", "pond"))
                        .setAsDefault(true))
                .policyVersion();
        assertThat(version.versionId()).isEqualTo("v2");
        assertThat(version.isDefaultVersion()).isTrue();
        assertThat(decoded(iam.getPolicyVersion(r -> r.policyArn(arn).versionId("v1"))
                        .policyVersion()
                        .document()))
                .isEqualTo(READ);
        assertThat(code(() -> iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v2"))))
                .isEqualTo("DeleteConflict 409");
        assertThat(code(() -> iam.deletePolicy(r -> r.policyArn(arn)))).isEqualTo("DeleteConflict 409");
        iam.detachRolePolicy(r -> r.roleName("clean").policyArn(arn));
        iam.deleteRolePermissionsBoundary(r -> r.roleName("clean"));
        iam.deletePolicyVersion(r -> r.policyArn(arn).versionId("v1"));
        iam.deletePolicy(r -> r.policyArn(arn));
        assertThat(code(() -> iam.attachRolePolicy(r -> r.roleName("clean").policyArn(arn))))
                .isEqualTo("NoSuchEntity 404");
        assertThat(iam.getPolicy(r -> r.policyArn("arn:aws:iam::aws:policy/AdministratorAccess"))
                        .policy()
                        .policyName())
                .isEqualTo("AdministratorAccess");
    }

    @Test
    void the_policies_that_aws_manages_are_there_with_their_documents_and_nobody_s_to_change() {
        iam.createRole(r -> r.roleName("clean").assumeRolePolicyDocument(TRUST));
        for (var name : List.of(
                "ReadOnlyAccess", "AmazonS3FullAccess", "service-role/AWSLambdaBasicExecutionRole", "job-function/Billing")) {
            iam.attachRolePolicy(r -> r.roleName("clean").policyArn(OF_AWS + name));
        }
        var lambda = OF_AWS + "service-role/AWSLambdaBasicExecutionRole";
        var policy = iam.getPolicy(r -> r.policyArn(lambda)).policy();
        assertThat(policy.path()).isEqualTo("/service-role/");
        assertThat(policy.attachmentCount()).isEqualTo(1);
        assertThat(policy.createDate()).isEqualTo("2015-04-09T15:03:43Z");
        assertThat(decoded(iam.getPolicyVersion(
                                r -> r.policyArn(lambda).versionId(policy.defaultVersionId()))
                        .policyVersion()
                        .document()))
                .contains("logs:PutLogEvents");
        assertThat(iam.listPoliciesPaginator(r -> r.scope("AWS")).policies().stream())
                .hasSizeGreaterThan(1_400)
                .anyMatch(each -> each.arn().equals(OF_AWS + "AWSStepFunctionsFullAccess"));
        assertThat(iam.listPolicies(r -> r.scope("Local")).policies()).isEmpty();
        assertThat(iam.listPolicies(r -> r.onlyAttached(true)).policies()).hasSizeGreaterThanOrEqualTo(4);

        assertThat(code(() -> iam.attachRolePolicy(r -> r.roleName("clean").policyArn(OF_AWS + "AmazonS3fullaccess"))))
                .isEqualTo("NoSuchEntity 404");
        assertThat(code(() -> iam.attachRolePolicy(
                        r -> r.roleName("clean").policyArn(OF_AWS + "aws-service-role/AmazonECSServiceRolePolicy"))))
                .isEqualTo("PolicyNotAttachable 400");
        assertThat(code(() -> iam.deletePolicy(r -> r.policyArn(lambda)))).isEqualTo("NoSuchEntity 404");
        assertThat(code(() -> iam.createPolicyVersion(r -> r.policyArn(lambda).policyDocument(READ))))
                .isEqualTo("NoSuchEntity 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/aws-service-role/ecs.amazonaws.com/", "/aws-reserved/sso.amazonaws.com/", "/aws-reserved/"})
    void the_paths_of_what_aws_makes_in_an_account_are_its_own(String path) {
        assertThat(code(() -> iam.createRole(
                        r -> r.roleName("mine").path(path).assumeRolePolicyDocument(TRUST))))
                .isEqualTo("InvalidInput 400");
        assertThat(code(() -> iam.createUser(r -> r.userName("mine").path(path)))).isEqualTo("InvalidInput 400");
        assertThat(code(() -> iam.createPolicy(
                        r -> r.policyName("mine").path(path).policyDocument(READ))))
                .isEqualTo("InvalidInput 400");
        iam.createRole(r -> r.roleName("mine").path("/aws-reservedly/").assumeRolePolicyDocument(TRUST));
    }

    @Test
    void times_are_told_to_the_second_those_of_keys_too() {
        iam.createUser(r -> r.userName("ann"));
        var key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
        var listed = iam.listAccessKeys(r -> r.userName("ann")).accessKeyMetadata();
        assertThat(listed).singleElement().satisfies(each -> assertThat(each.createDate())
                .isEqualTo(key.createDate())
                .isEqualTo(key.createDate().truncatedTo(ChronoUnit.SECONDS)));
        assertThat(iam.getUser(r -> r.userName("ann")).user().createDate().getNano())
                .isZero();
    }

    @Test
    void a_user_s_key_opens_what_the_user_s_policies_allow() {
        iam.createUser(r -> r.userName("ann"));
        iam.putUserPolicy(r -> r.userName("ann").policyName("self").policyDocument("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:GetUser","iam:*AccessKey*"],
                        "Resource":"arn:aws:iam::*:user/${aws:username}"}}"""));
        var key = iam.createAccessKey(r -> r.userName("ann")).accessKey();
        try (var ann = endpoint.iam(key.accessKeyId(), key.secretAccessKey(), null)) {
            assertThat(ann.getUser().user().userName()).isEqualTo("ann");
            var denied = catchThrowableOfType(IamException.class, () -> ann.getUser(r -> r.userName("admin")));
            assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(denied.awsErrorDetails().errorMessage())
                    .isEqualTo("User: arn:aws:iam::000000000000:user/ann is not authorized to perform: iam:GetUser on"
                            + " resource: arn:aws:iam::000000000000:user/admin because no identity-based policy allows"
                            + " the iam:GetUser action");
            assertThat(ann.createAccessKey().accessKey().userName()).isEqualTo("ann");
            assertThat(code(() -> ann.createAccessKey())).isEqualTo("LimitExceeded 409");
            assertThat(ann.listAccessKeys().accessKeyMetadata()).hasSize(2);
        }
        iam.deleteAccessKey(r -> r.userName("ann").accessKeyId(key.accessKeyId()));
        try (var ann = endpoint.iam(key.accessKeyId(), key.secretAccessKey(), null)) {
            assertThat(code(() -> ann.getUser())).isEqualTo("InvalidClientTokenId 403");
        }
        assertThat(code(() -> iam.deleteUser(r -> r.userName("ann")))).isEqualTo("DeleteConflict 409");
    }

    @Test
    void faults_have_aws_s_codes() {
        iam.createRole(r -> r.roleName("clean").assumeRolePolicyDocument(TRUST));
        assertThat(code(() -> iam.createRole(r -> r.roleName("CLEAN").assumeRolePolicyDocument(TRUST))))
                .as("names are told apart without regard to case")
                .isEqualTo("EntityAlreadyExists 409");
        assertThat(code(() -> iam.createRole(r -> r.roleName("b d").assumeRolePolicyDocument(TRUST))))
                .isEqualTo("ValidationError 400");
        assertThat(code(() -> iam.createRole(r -> r.roleName("x").assumeRolePolicyDocument(READ))))
                .isEqualTo("MalformedPolicyDocument 400");
        assertThat(code(() -> iam.createRole(r -> r.roleName("x")
                        .assumeRolePolicyDocument(TRUST.replace(
                                "\"Service\":\"lambda.amazonaws.com\"",
                                "\"AWS\":\"arn:aws:iam::000000000000:role/nobody\"")))))
                .as("a principal that is not there")
                .isEqualTo("MalformedPolicyDocument 400");
        assertThat(code(() -> iam.createRole(r -> r.roleName("x")
                        .assumeRolePolicyDocument(
                                TRUST.replace("\"Effect\"", "\"Sid\":\"" + "s".repeat(2_048) + "\",\"Effect\"")))))
                .isEqualTo("LimitExceeded 409");
        assertThat(code(() -> iam.putRolePolicy(
                        r -> r.roleName("clean").policyName("p").policyDocument("{}"))))
                .isEqualTo("MalformedPolicyDocument 400");
        assertThat(code(() -> iam.putRolePolicy(r -> r.roleName("clean")
                        .policyName("p")
                        .policyDocument(READ.replace("lake/*", "l".repeat(10_240))))))
                .isEqualTo("LimitExceeded 409");
        assertThat(code(() -> iam.createPolicy(
                        r -> r.policyName("p").policyDocument(READ.replace("lake/*", "l".repeat(6_144))))))
                .isEqualTo("LimitExceeded 409");
        assertThat(code(() -> iam.getRolePolicy(r -> r.roleName("clean").policyName("none"))))
                .isEqualTo("NoSuchEntity 404");
        assertThat(code(() -> iam.putRolePolicy(
                        r -> r.roleName("none").policyName("p").policyDocument(READ))))
                .isEqualTo("NoSuchEntity 404");
        assertThat(code(() -> iam.createRole(r -> r.roleName("x")
                        .assumeRolePolicyDocument(TRUST)
                        .permissionsBoundary("arn:aws:iam::000000000000:policy/none"))))
                .isEqualTo("NoSuchEntity 404");
    }

    @Test
    void who_may_make_roles_only_within_a_boundary_cannot_escape_it() {
        var boundary = iam.createPolicy(r -> r.policyName("boundary").policyDocument(READ))
                .policy()
                .arn();
        iam.createUser(r -> r.userName("deployer"));
        iam.putUserPolicy(r -> r.userName("deployer").policyName("deploy").policyDocument("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["iam:CreateRole","iam:PutRolePolicy"],
                        "Resource":"arn:aws:iam::000000000000:role/baton/*",
                        "Condition":{"StringEquals":{"iam:PermissionsBoundary":"%s"}}}}""".formatted(boundary)));
        iam.createRole(r -> r.roleName("free").path("/baton/").assumeRolePolicyDocument(TRUST));
        var key = iam.createAccessKey(r -> r.userName("deployer")).accessKey();
        try (var deployer = endpoint.iam(key.accessKeyId(), key.secretAccessKey(), null)) {
            assertThat(code(() -> deployer.createRole(
                            r -> r.roleName("a").path("/baton/").assumeRolePolicyDocument(TRUST))))
                    .isEqualTo("AccessDenied 403");
            assertThat(code(() -> deployer.createRole(r -> r.roleName("a")
                            .path("/else/")
                            .assumeRolePolicyDocument(TRUST)
                            .permissionsBoundary(boundary))))
                    .isEqualTo("AccessDenied 403");
            deployer.createRole(r -> r.roleName("a")
                    .path("/baton/")
                    .assumeRolePolicyDocument(TRUST)
                    .permissionsBoundary(boundary));
            deployer.putRolePolicy(r -> r.roleName("a").policyName("p").policyDocument(READ));
            assertThat(code(() -> deployer.putRolePolicy(
                            r -> r.roleName("free").policyName("p").policyDocument(READ))))
                    .isEqualTo("AccessDenied 403");
            assertThat(code(() -> deployer.deleteRolePermissionsBoundary(r -> r.roleName("a"))))
                    .isEqualTo("AccessDenied 403");
        }
    }

    @Test
    void a_role_trusts_the_very_one_it_named_and_no_other_of_that_name() {
        iam.createRole(r -> r.roleName("runner").assumeRolePolicyDocument(TRUST));
        var runner = iam.getRole(r -> r.roleName("runner")).role();
        iam.createRole(r -> r.roleName("task")
                .assumeRolePolicyDocument(
                        TRUST.replace("\"Service\":\"lambda.amazonaws.com\"", "\"AWS\":\"" + runner.arn() + "\"")));
        iam.deleteRole(r -> r.roleName("runner"));
        iam.createRole(r -> r.roleName("runner").assumeRolePolicyDocument(TRUST));
        assertThat(decoded(iam.getRole(r -> r.roleName("task")).role().assumeRolePolicyDocument()))
                .contains("\"AWS\":\"" + runner.roleId() + "\"")
                .doesNotContain(runner.arn());
    }

    @Test
    void lists_come_in_pages() {
        for (int i = 0; i < 5; i++) {
            var name = "role" + i;
            iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST));
        }
        var first = iam.listRoles(r -> r.maxItems(2));
        assertThat(first.isTruncated()).isTrue();
        assertThat(first.roles()).hasSize(2);
        assertThat(iam.listRolesPaginator(r -> r.maxItems(2)).roles().stream().map(role -> role.roleName()))
                .containsExactly("role0", "role1", "role2", "role3", "role4");
    }

    @Test
    void providers_are_kept() {
        var arn = iam.createOpenIDConnectProvider(r ->
                        r.url("https://token.actions.githubusercontent.com").clientIDList("sts.amazonaws.com"))
                .openIDConnectProviderArn();
        assertThat(arn).isEqualTo("arn:aws:iam::000000000000:oidc-provider/token.actions.githubusercontent.com");
        iam.addClientIDToOpenIDConnectProvider(
                r -> r.openIDConnectProviderArn(arn).clientID("baton"));
        var provider = iam.getOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
        assertThat(provider.url()).isEqualTo("token.actions.githubusercontent.com");
        assertThat(provider.clientIDList()).containsExactly("sts.amazonaws.com", "baton");
        assertThat(iam.listOpenIDConnectProviders().openIDConnectProviderList()).hasSize(1);
        assertThat(code(() ->
                        iam.createOpenIDConnectProvider(r -> r.url("https://token.actions.githubusercontent.com"))))
                .isEqualTo("EntityAlreadyExists 409");
        assertThat(code(() -> iam.createOpenIDConnectProvider(r -> r.url("http://issuer.example"))))
                .isEqualTo("ValidationError 400");
        iam.deleteOpenIDConnectProvider(r -> r.openIDConnectProviderArn(arn));
        assertThat(iam.listOpenIDConnectProviders().openIDConnectProviderList()).isEmpty();
    }

    @Test
    void a_simulation_decides_as_the_endpoint_would() {
        iam.createRole(r -> r.roleName("clean").assumeRolePolicyDocument(TRUST));
        iam.putRolePolicy(r -> r.roleName("clean").policyName("read").policyDocument(READ));
        var results = iam.simulatePrincipalPolicy(r -> r.policySourceArn("arn:aws:iam::000000000000:role/clean")
                        .actionNames("s3:GetObject", "s3:PutObject")
                        .resourceArns("arn:aws:s3:::lake/a"))
                .evaluationResults();
        assertThat(results)
                .extracting(each -> each.evalDecision())
                .containsExactly(PolicyEvaluationDecisionType.ALLOWED, PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(results.getFirst().matchedStatements().getFirst().sourcePolicyId())
                .isEqualTo("statement Read of inline policy read of role clean");
        var custom = iam.simulateCustomPolicy(r -> r.policyInputList("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*",
                        "Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}}}""")
                        .actionNames("s3:GetObject")
                        .contextEntries(e -> e.contextKeyName("aws:RequestedRegion")
                                .contextKeyType(ContextKeyTypeEnum.STRING)
                                .contextKeyValues("us-east-1")))
                .evaluationResults();
        assertThat(custom.getFirst().evalDecision()).isEqualTo(PolicyEvaluationDecisionType.EXPLICIT_DENY);
    }

    private static String code(ThrowingCallable call) {
        var thrown = catchThrowableOfType(IamException.class, call);
        return thrown == null ? "none" : thrown.awsErrorDetails().errorCode() + " " + thrown.statusCode();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
