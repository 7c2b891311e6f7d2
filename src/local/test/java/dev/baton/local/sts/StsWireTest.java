package dev.baton.local.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.local.IdentityEndpoint;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/// STS as the AWS SDK sees it.
class StsWireTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/clean";

    private final IdentityEndpoint endpoint = IdentityEndpoint.start();
    private final StsClient sts = endpoint.sts(endpoint.administrator());

    @BeforeEach
    void role() {
        endpoint.identities().role("/", "clean", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},
                "Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}}""");
        endpoint.identities().putRolePolicy("clean", "see", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:GetRole","Resource":"*",
                "Condition":{"StringEquals":{"aws:PrincipalTag/team":"red","aws:SourceIdentity":"ann"}}}}""");
    }

    @AfterEach
    void stop() {
        sts.close();
        endpoint.close();
    }

    @Test
    void everybody_is_told_who_they_are() {
        var caller = sts.getCallerIdentity();
        assertThat(caller.arn()).isEqualTo("arn:aws:iam::000000000000:user/admin");
        assertThat(caller.account()).isEqualTo("000000000000");
        assertThat(caller.userId()).startsWith("AIDA");
    }

    @Test
    void a_session_s_keys_open_what_its_role_and_tags_allow() {
        var assumed = sts.assumeRole(r -> r.roleArn(ROLE)
                .roleSessionName("one")
                .durationSeconds(900)
                .sourceIdentity("ann")
                .tags(Tag.builder().key("team").value("red").build()));
        assertThat(assumed.assumedRoleUser().arn()).isEqualTo("arn:aws:sts::000000000000:assumed-role/clean/one");
        assertThat(assumed.sourceIdentity()).isEqualTo("ann");
        assertThat(assumed.packedPolicySize()).isPositive();
        assertThat(Duration.between(Instant.now(), assumed.credentials().expiration()))
                .isBetween(Duration.ofSeconds(800), Duration.ofSeconds(901));
        try (var mine = endpoint.sts(assumed.credentials());
                var iam = endpoint.iam(
                        assumed.credentials().accessKeyId(),
                        assumed.credentials().secretAccessKey(),
                        assumed.credentials().sessionToken())) {
            assertThat(mine.getCallerIdentity().userId()).endsWith(":one");
            assertThat(iam.getRole(r -> r.roleName("clean")).role().arn()).isEqualTo(ROLE);
            var denied = catchThrowableOfType(IamException.class, () -> iam.listRoles());
            assertThat(denied.awsErrorDetails().errorMessage())
                    .startsWith(
                            "User: arn:aws:sts::000000000000:assumed-role/clean/one is not authorized to perform: iam:ListRoles");
        }
        try (var wrong = endpoint.iam(
                assumed.credentials().accessKeyId(), assumed.credentials().secretAccessKey(), "another-token")) {
            assertThat(catchThrowableOfType(IamException.class, () -> wrong.listRoles())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_user_s_session_under_another_name_may_do_what_both_its_policy_and_the_user_s_allow() {
        var reading =
                sts.getFederationToken(r -> r.name("reads").durationSeconds(900).policy("""
                        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}}"""));
        assertThat(reading.federatedUser().arn()).isEqualTo("arn:aws:sts::000000000000:federated-user/reads");
        assertThat(reading.federatedUser().federatedUserId()).isEqualTo("000000000000:reads");
        var nothing = sts.getFederationToken(r -> r.name("nothing"));
        try (var mine = endpoint.sts(reading.credentials());
                var may = iam(reading.credentials());
                var mayNot = iam(nothing.credentials())) {
            assertThat(mine.getCallerIdentity().arn())
                    .isEqualTo(reading.federatedUser().arn());
            assertThat(may.getRole(r -> r.roleName("clean")).role().arn()).isEqualTo(ROLE);
            assertThat(catchThrowableOfType(IamException.class, () -> may.deleteRole(r -> r.roleName("clean")))
                            .awsErrorDetails()
                            .errorMessage())
                    .startsWith("User: arn:aws:sts::000000000000:federated-user/reads is not authorized to perform:"
                            + " iam:DeleteRole");
            assertThat(catchThrowableOfType(IamException.class, () -> mayNot.getRole(r -> r.roleName("clean")))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(code(() -> mine.assumeRole(r -> r.roleArn(ROLE).roleSessionName("one"))))
                    .isEqualTo("AccessDenied 403");
            assertThat(code(() -> mine.getFederationToken(r -> r.name("again"))))
                    .isEqualTo("AccessDenied 403");
        }
        assertThat(code(() -> sts.getFederationToken(r -> r.name("a b")))).isEqualTo("ValidationError 400");
        assertThat(code(() -> sts.getFederationToken(r -> r.name("ab").policy("no policy"))))
                .isEqualTo("MalformedPolicyDocument 400");
    }

    private IamClient iam(Credentials credentials) {
        return endpoint.iam(credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    }

    @Test
    void refusals_have_aws_s_codes() {
        assertThat(code(() -> sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("a b"))))
                .isEqualTo("ValidationError 400");
        assertThat(code(() -> sts.assumeRole(
                        r -> r.roleArn(ROLE).roleSessionName("one").policy("{"))))
                .isEqualTo("MalformedPolicyDocument 400");
        assertThat(code(() -> sts.assumeRole(r -> r.roleArn(ROLE + "x").roleSessionName("one"))))
                .isEqualTo("AccessDenied 403");
        assertThat(code(() -> sts.assumeRoleWithWebIdentity(
                        r -> r.roleArn(ROLE).roleSessionName("one").webIdentityToken("a.b.c"))))
                .isEqualTo("InvalidIdentityToken 400");
        try (var stranger = endpoint.sts("AKIANOBODY0000000", "secret", null)) {
            assertThat(code(() -> stranger.getCallerIdentity())).isEqualTo("InvalidClientTokenId 403");
        }
        try (var liar = endpoint.sts(endpoint.administrator().accessKeyId(), "wrong", null)) {
            assertThat(code(() -> liar.getCallerIdentity())).isEqualTo("SignatureDoesNotMatch 403");
        }
    }

    @Test
    void a_user_gets_a_session_of_their_own() {
        var session = sts.getSessionToken(r -> r.durationSeconds(900)).credentials();
        try (var mine = endpoint.sts(session)) {
            assertThat(mine.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::000000000000:user/admin");
            assertThat(code(() -> mine.getSessionToken())).isEqualTo("AccessDenied 403");
        }
    }

    @Test
    void only_who_has_a_role_already_chains() {
        try (var iam = endpoint.iam(endpoint.administrator())) {
            iam.createRole(r -> r.roleName("long").maxSessionDuration(7_200).assumeRolePolicyDocument("""
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"000000000000"},
                    "Action":"sts:AssumeRole"}}"""));
            iam.putRolePolicy(r -> r.roleName("long").policyName("chain").policyDocument("""
                    {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}}"""));
        }
        var role = "arn:aws:iam::000000000000:role/long";
        try (var mine =
                endpoint.sts(sts.getSessionToken(r -> r.durationSeconds(900)).credentials())) {
            var assumed = mine.assumeRole(
                    r -> r.roleArn(role).roleSessionName("first").durationSeconds(7_200));
            try (var chained = endpoint.sts(assumed.credentials())) {
                var refused = catchThrowableOfType(
                        StsException.class,
                        () -> chained.assumeRole(
                                r -> r.roleArn(role).roleSessionName("second").durationSeconds(7_200)));
                assertThat(refused.awsErrorDetails().errorMessage())
                        .contains("exceeds the 1 hour session limit for roles assumed by role chaining");
            }
        }
    }

    private static String code(ThrowingCallable call) {
        var thrown = catchThrowableOfType(StsException.class, call);
        return thrown == null ? "none" : thrown.awsErrorDetails().errorCode() + " " + thrown.statusCode();
    }
}
