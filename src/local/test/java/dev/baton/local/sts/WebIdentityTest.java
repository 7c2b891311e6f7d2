package dev.baton.local.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.PolicyAuthorizer;
import java.net.InetAddress;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tokens of a real issuer on this machine: good ones, and each way to be bad.
class WebIdentityTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/deploy";

    private final MockOAuth2Server issuer = new MockOAuth2Server();
    private final Identities identities =
            new Identities(new Account("000000000000", "eu-central-1"), Clock.systemUTC());
    private final WebIdentity webIdentity = webIdentity(identities);

    private static WebIdentity webIdentity(Identities identities) {
        var authorizer = new PolicyAuthorizer(identities);
        return new WebIdentity(
                identities, authorizer, new Sessions(identities, authorizer), new Issuers(identities.clock()));
    }

    @BeforeEach
    void start() throws Exception {
        issuer.start(InetAddress.getLoopbackAddress(), 0);
        register(issuer, "github");
    }

    @AfterEach
    void stop() {
        issuer.shutdown();
    }

    private void register(MockOAuth2Server server, String name) {
        var url = server.issuerUrl(name).toString();
        var host = url.substring("http://".length());
        var arn = identities.provider(url, List.of("sts.amazonaws.com")).arn();
        identities.role("/", "deploy", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"%s"},
                 "Action":["sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"],
                 "Condition":{"StringEquals":{"%s:aud":"sts.amazonaws.com"},"StringLike":{"%s:sub":"repo:acme/*:environment:prod"}}}}""".formatted(arn, host, host));
    }

    private static String token(
            MockOAuth2Server server,
            String name,
            String subject,
            String audience,
            long seconds,
            Map<String, Object> claims) {
        return server.issueToken(
                        name,
                        audience,
                        new DefaultOAuth2TokenCallback(name, subject, "JWT", List.of(audience), claims, seconds))
                .serialize();
    }

    private String good() {
        return token(issuer, "github", "repo:acme/baton:environment:prod", "sts.amazonaws.com", 600, Map.of());
    }

    @Test
    void a_good_token_gets_a_session() {
        var vouched = webIdentity.assume(AssumeRole.of(ROLE, "deploy-1"), good(), RequestContext.EMPTY);
        assertThat(vouched.subject()).isEqualTo("repo:acme/baton:environment:prod");
        assertThat(vouched.audience()).isEqualTo("sts.amazonaws.com");
        assertThat(vouched.provider()).startsWith("arn:aws:iam::000000000000:oidc-provider/");
        assertThat(vouched.assumed().arn()).isEqualTo("arn:aws:sts::000000000000:assumed-role/deploy/deploy-1");
        assertThat(vouched.assumed().credentials().caller().session().federatedProvider())
                .isEqualTo(vouched.provider());
    }

    @Test
    void a_session_keeps_the_subject_that_policies_name_it_by() {
        var caller = webIdentity
                .assume(AssumeRole.of(ROLE, "deploy-1"), good(), RequestContext.EMPTY)
                .assumed()
                .credentials()
                .caller();
        var host = issuer.issuerUrl("github").toString().substring("http://".length());
        identities.putRolePolicy("deploy", "own", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject",
                "Resource":"arn:aws:s3:::lake/${%s:sub}/*"}}""".formatted(host));
        assertThat(allowed(caller, "arn:aws:s3:::lake/repo:acme/baton:environment:prod/k"))
                .isTrue();
        assertThat(allowed(caller, "arn:aws:s3:::lake/repo:acme/other:environment:prod/k"))
                .isFalse();
    }

    private boolean allowed(Caller caller, String resource) {
        return new PolicyAuthorizer(identities)
                .decide(new AccessRequest(caller, "s3:GetObject", resource, "000000000000", RequestContext.EMPTY, null))
                .allowed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "ES256", "ES384"})
    void every_algorithm_of_a_key_pair_is_verified(String algorithm) throws Exception {
        var other = new MockOAuth2Server(OAuth2Config.Companion.fromJson(
                "{\"tokenProvider\":{\"keyProvider\":{\"algorithm\":\"" + algorithm + "\"}}}"));
        other.start(InetAddress.getLoopbackAddress(), 0);
        try {
            register(other, "other");
            var token = token(other, "other", "repo:acme/x:environment:prod", "sts.amazonaws.com", 600, Map.of());
            assertThat(new String(Base64.getUrlDecoder().decode(token.split("\\.")[0])))
                    .contains(algorithm);
            assertThat(webIdentity
                            .assume(AssumeRole.of(ROLE, "one"), token, RequestContext.EMPTY)
                            .subject())
                    .isEqualTo("repo:acme/x:environment:prod");
        } finally {
            other.shutdown();
        }
    }

    @Test
    void session_tags_and_source_identity_come_from_the_token() {
        var claims = Map.<String, Object>of(
                "https://aws.amazon.com/tags",
                Map.of("principal_tags", Map.of("team", List.of("red")), "transitive_tag_keys", List.of("team")),
                "https://aws.amazon.com/source_identity",
                "ann");
        var token = token(issuer, "github", "repo:acme/baton:environment:prod", "sts.amazonaws.com", 600, claims);
        var session = webIdentity
                .assume(AssumeRole.of(ROLE, "one"), token, RequestContext.EMPTY)
                .assumed()
                .credentials()
                .caller()
                .session();
        assertThat(session.tags()).isEqualTo(Map.of("team", "red"));
        assertThat(session.transitiveTagKeys()).containsExactly("team");
        assertThat(session.sourceIdentity()).isEqualTo("ann");
    }

    @Test
    void every_bad_token_is_refused_with_its_code() throws Exception {
        assertThat(refused("no.token")).isEqualTo("InvalidIdentityToken");
        assertThat(refused(token(issuer, "github", "repo:acme/baton:environment:prod", "someone-else", 600, Map.of())))
                .isEqualTo("InvalidIdentityToken");
        assertThat(refused(token(
                        issuer, "github", "repo:acme/baton:environment:prod", "sts.amazonaws.com", -60, Map.of())))
                .isEqualTo("ExpiredTokenException");
        assertThat(refused(token(
                        issuer, "unknown", "repo:acme/baton:environment:prod", "sts.amazonaws.com", 600, Map.of())))
                .as("another issuer")
                .isEqualTo("InvalidIdentityToken");
        assertThat(refused(token(issuer, "github", "repo:acme/baton:pull_request", "sts.amazonaws.com", 600, Map.of())))
                .as("a subject that the role does not trust")
                .isEqualTo("AccessDenied");
        assertThat(refused(tampered(good()))).isEqualTo("InvalidIdentityToken");
        assertThat(refused(unsigned(good()))).isEqualTo("InvalidIdentityToken");
        assertThat(refused(forged(good()))).as("signed by somebody else").isEqualTo("InvalidIdentityToken");
    }

    @Test
    void an_issuer_that_cannot_be_reached_is_said_so() {
        var token = good();
        issuer.shutdown();
        assertThat(refused(token)).isEqualTo("IDPCommunicationError");
    }

    private String refused(String token) {
        return catchThrowableOfType(
                        AwsError.class,
                        () -> webIdentity.assume(AssumeRole.of(ROLE, "one"), token, RequestContext.EMPTY))
                .code();
    }

    /// Another subject under the old signature.
    private static String tampered(String token) {
        var parts = token.split("\\.");
        var payload = new String(Base64.getUrlDecoder().decode(parts[1])).replace("acme/baton", "acme/other");
        return parts[0] + "." + coded(payload) + "." + parts[2];
    }

    private static String unsigned(String token) {
        return coded("{\"alg\":\"none\"}") + "." + token.split("\\.")[1] + ".";
    }

    /// The same words, signed with a key that the issuer never published.
    private static String forged(String token) throws Exception {
        var signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());
        var words = token.substring(0, token.lastIndexOf('.'));
        signer.update(words.getBytes());
        return words + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    }

    private static String coded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());
    }
}
