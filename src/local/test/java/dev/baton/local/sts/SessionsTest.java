package dev.baton.local.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.baton.local.caller.Caller;
import dev.baton.local.http.AccessDenied;
import dev.baton.local.http.Account;
import dev.baton.local.http.AwsError;
import dev.baton.local.iam.policy.PolicyLayer;
import dev.baton.local.iam.policy.RequestContext;
import dev.baton.local.identity.AccessRequest;
import dev.baton.local.identity.Identities;
import dev.baton.local.identity.PolicyAuthorizer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What `AssumeRole` asks, gives and refuses.
class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");
    private static final String RUNNER = "arn:aws:iam::000000000000:role/baton/weather/clean-runner";
    private static final String TASK = "arn:aws:iam::000000000000:role/baton/weather/clean";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[
              {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole",
               "Condition":{"StringEquals":{"aws:RequestTag/baton:task":"Clean"},"StringLike":{"sts:RoleSessionName":"*.Clean.*"}}},
              {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:TagSession",
               "Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["baton:task","baton:execution"]}}},
              {"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:SetSourceIdentity",
               "Condition":{"StringLike":{"sts:SourceIdentity":"weather.*"}}}]}""".formatted(RUNNER, RUNNER, RUNNER);

    private final Identities identities =
            new Identities(new Account("000000000000", "eu-central-1"), Clock.fixed(NOW, ZoneOffset.UTC));
    private final PolicyAuthorizer authorizer = new PolicyAuthorizer(identities);
    private final Sessions sessions = new Sessions(identities, authorizer);
    private final Caller runner;

    SessionsTest() {
        identities.role("/baton/weather/", "clean-runner", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},
                "Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"000000000000"}}}}""");
        identities.role("/baton/weather/", "clean", TRUST);
        runner = sessions.assumeAsService(
                        "lambda.amazonaws.com",
                        RUNNER,
                        "clean",
                        RequestContext.builder()
                                .put("aws:SourceAccount", "000000000000")
                                .build())
                .caller();
    }

    private static AssumeRole good() {
        return new AssumeRole(
                TASK, "x.Clean.0", 900, null, null, List.of(), Map.of("baton:task", "Clean"), List.of(), "weather.x");
    }

    @Test
    void a_service_gets_a_session_of_a_role_that_trusts_it() {
        assertThat(runner.arn()).isEqualTo("arn:aws:sts::000000000000:assumed-role/clean-runner/clean");
        assertThatThrownBy(
                        () -> sessions.assumeAsService("states.amazonaws.com", RUNNER, "clean", RequestContext.EMPTY))
                .isInstanceOf(AccessDenied.class)
                .hasMessage("User: states.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: "
                        + RUNNER + " because no role trust policy allows the sts:AssumeRole action");
        assertThatThrownBy(
                        () -> sessions.assumeAsService("lambda.amazonaws.com", RUNNER, "clean", RequestContext.EMPTY))
                .as("without aws:SourceAccount")
                .isInstanceOf(AccessDenied.class);
    }

    @Test
    void a_session_has_its_own_keys_its_end_and_what_was_asked_for() {
        var one = sessions.assume(runner, good(), RequestContext.EMPTY);
        var two = sessions.assume(runner, good(), RequestContext.EMPTY);
        assertThat(one.arn()).isEqualTo("arn:aws:sts::000000000000:assumed-role/clean/x.Clean.0");
        assertThat(one.id()).matches("AROA[A-Z2-7]{17}:x\\.Clean\\.0");
        assertThat(one.expiration()).isEqualTo(NOW.plusSeconds(900));
        assertThat(one.sourceIdentity()).isEqualTo("weather.x");
        assertThat(one.packedPolicySize()).isBetween(1, 10);
        assertThat(one.credentials().accessKeyId())
                .matches("ASIA[A-Z2-7]{16}")
                .isNotEqualTo(two.credentials().accessKeyId());
        assertThat(one.credentials().toString())
                .doesNotContain(one.credentials().secretAccessKey());
        assertThat(identities.keys().find(one.credentials().accessKeyId())).contains(one.credentials());
    }

    @Test
    void each_of_the_three_rights_has_to_be_granted() {
        assertThat(denied(request -> with(request, "x.Other.0", request.tags(), "weather.x")))
                .isEqualTo("sts:AssumeRole");
        assertThat(denied(request -> with(request, "x.Clean.0", Map.of(), "weather.x")))
                .isEqualTo("sts:AssumeRole");
        assertThat(denied(request -> with(request, "x.Clean.0", Map.of("baton:task", "Other"), "weather.x")))
                .isEqualTo("sts:AssumeRole");
        assertThat(denied(request ->
                        with(request, "x.Clean.0", Map.of("baton:task", "Clean", "admin", "yes"), "weather.x")))
                .isEqualTo("sts:TagSession");
        assertThat(denied(request -> with(request, "x.Clean.0", request.tags(), "sales.x")))
                .isEqualTo("sts:SetSourceIdentity");
        var other = new Caller(runner.principal(), runner.userId(), null);
        assertThat(sessions.assume(other, good(), RequestContext.EMPTY).arn()).endsWith("x.Clean.0");
        assertThatThrownBy(() -> sessions.assume(
                        runner,
                        with(AssumeRole.of(TASK + "x", "x.Clean.0"), "x.Clean.0", Map.of(), null),
                        RequestContext.EMPTY))
                .as("no such role")
                .isInstanceOf(AccessDenied.class);
    }

    private String denied(UnaryOperator<AssumeRole> change) {
        var thrown = catchThrowableOfType(
                AccessDenied.class, () -> sessions.assume(runner, change.apply(good()), RequestContext.EMPTY));
        assertThat(thrown.decision().layer()).isEqualTo(PolicyLayer.TRUST);
        return thrown.decision().request().action();
    }

    private static AssumeRole with(AssumeRole from, String name, Map<String, String> tags, String sourceIdentity) {
        return new AssumeRole(from.roleArn(), name, 900, null, null, List.of(), tags, List.of(), sourceIdentity);
    }

    @Test
    void a_session_policy_narrows_and_never_widens() {
        identities.role("/", "reader", anybody());
        grant("reader", "s3:GetObject", "arn:aws:s3:::lake/*");
        var caller = sessions.assume(
                        runner,
                        new AssumeRole(
                                "arn:aws:iam::000000000000:role/reader",
                                "one",
                                null,
                                null,
                                policy("s3:*", "arn:aws:s3:::lake/2026/*"),
                                List.of(),
                                Map.of(),
                                List.of(),
                                null),
                        RequestContext.EMPTY)
                .credentials()
                .caller();
        assertThat(allowed(caller, "s3:GetObject", "arn:aws:s3:::lake/2026/a")).isTrue();
        assertThat(allowed(caller, "s3:GetObject", "arn:aws:s3:::lake/2025/a")).isFalse();
        assertThat(allowed(caller, "s3:PutObject", "arn:aws:s3:::lake/2026/a")).isFalse();
    }

    @Test
    void what_a_role_may_do_changes_at_once_for_its_open_sessions() {
        identities.role("/", "reader", anybody());
        var caller = sessions.assume(
                        runner, AssumeRole.of("arn:aws:iam::000000000000:role/reader", "one"), RequestContext.EMPTY)
                .credentials()
                .caller();
        assertThat(allowed(caller, "s3:GetObject", "arn:aws:s3:::lake/a")).isFalse();
        grant("reader", "s3:GetObject", "arn:aws:s3:::lake/*");
        assertThat(allowed(caller, "s3:GetObject", "arn:aws:s3:::lake/a")).isTrue();
        grant("reader", "s3:GetObject", "arn:aws:s3:::other/*");
        assertThat(allowed(caller, "s3:GetObject", "arn:aws:s3:::lake/a")).isFalse();
    }

    @Test
    void transitive_tags_and_the_source_identity_pass_through_chains() {
        identities.role("/", "first", anybody());
        identities.role("/", "second", anybody());
        var tags = new LinkedHashMap<>(Map.of("team", "red", "cost", "1"));
        var first = sessions.assume(
                        runner,
                        new AssumeRole(
                                "arn:aws:iam::000000000000:role/first",
                                "one",
                                null,
                                null,
                                null,
                                List.of(),
                                tags,
                                List.of("team"),
                                "ann"),
                        RequestContext.EMPTY)
                .credentials()
                .caller();
        var second = sessions.assume(
                first, AssumeRole.of("arn:aws:iam::000000000000:role/second", "two"), RequestContext.EMPTY);
        var session = second.credentials().caller().session();
        assertThat(session.tags()).isEqualTo(Map.of("team", "red"));
        assertThat(session.transitiveTagKeys()).containsExactly("team");
        assertThat(session.sourceIdentity()).isEqualTo("ann");
        assertThat(refused(
                        first,
                        new AssumeRole(
                                "arn:aws:iam::000000000000:role/second",
                                "two",
                                null,
                                null,
                                null,
                                List.of(),
                                Map.of("TEAM", "blue"),
                                List.of(),
                                null)))
                .isEqualTo("InvalidParameterValue");
        assertThat(refused(
                        first,
                        new AssumeRole(
                                "arn:aws:iam::000000000000:role/second",
                                "two",
                                null,
                                null,
                                null,
                                List.of(),
                                Map.of(),
                                List.of(),
                                "bob")))
                .isEqualTo("AccessDenied");
    }

    @Test
    void limits_have_aws_s_codes() {
        identities.role("/", "open", anybody());
        assertThat(refused(r -> r.name = "a b")).isEqualTo("ValidationError");
        assertThat(refused(r -> r.name = "a")).isEqualTo("ValidationError");
        assertThat(refused(r -> r.name = "x".repeat(65))).isEqualTo("ValidationError");
        assertThat(refused(r -> r.role = "arn:aws:iam::000000000000:user/open")).isEqualTo("ValidationError");
        assertThat(refused(r -> r.seconds = 899)).isEqualTo("ValidationError");
        assertThat(refused(r -> r.seconds = 43_201)).isEqualTo("ValidationError");
        assertThat(refused(r -> r.seconds = 3_601))
                .as("more than the role's maximum")
                .isEqualTo("ValidationError");
        assertThat(refused(r -> r.source = "aws:me")).isEqualTo("ValidationError");
        assertThat(refused(r -> r.source = "x")).isEqualTo("ValidationError");
        assertThat(refused(r -> r.policy = "{")).isEqualTo("MalformedPolicyDocument");
        assertThat(refused(r -> r.policy = policy("s3:*", "arn:aws:s3:::" + "k".repeat(2_048))))
                .isEqualTo("ValidationError");
        assertThat(refused(r -> r.arns = List.of("arn:aws:iam::000000000000:policy/none")))
                .isEqualTo("MalformedPolicyDocument");
        assertThat(refused(r -> r.tags = Map.of("k".repeat(129), "v"))).isEqualTo("ValidationError");
        assertThat(refused(r -> r.tags = Map.of("k", "v".repeat(257)))).isEqualTo("ValidationError");
        assertThat(refused(r -> r.tags = Map.of("k", "v", "K", "v"))).isEqualTo("InvalidParameterValue");
        assertThat(refused(r -> r.tags = Map.of("aws:k", "v"))).isEqualTo("InvalidParameterValue");
        assertThat(refused(r -> r.tags = tags(51, 1))).isEqualTo("ValidationError");
        assertThat(refused(r -> r.tags = tags(50, 200))).isEqualTo("PackedPolicyTooLarge");
        assertThat(refused(r -> r.transitive = List.of("absent"))).isEqualTo("InvalidParameterValue");
        assertThat(refused(
                        identities
                                .administrator("root", "AKIAROOT00000000", "s")
                                .caller(),
                        new AssumeRole(TASK, "x.Clean.0", 43_201, null, null, List.of(), Map.of(), List.of(), null)))
                .isEqualTo("ValidationError");
    }

    @Test
    void how_long_a_session_is_to_last_is_no_condition_key() {
        identities.role("/", "short", """
                {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole",
                "Condition":{"NumericLessThanEquals":{"sts:DurationSeconds":"900"}}}}""".formatted(RUNNER));
        assertThatThrownBy(() -> sessions.assume(
                        runner,
                        new AssumeRole(
                                "arn:aws:iam::000000000000:role/short",
                                "one",
                                900,
                                null,
                                null,
                                List.of(),
                                Map.of(),
                                List.of(),
                                null),
                        RequestContext.EMPTY))
                .isInstanceOf(AccessDenied.class);
    }

    private static Map<String, String> tags(int count, int length) {
        var random = new java.util.Random(1);
        var tags = new LinkedHashMap<String, String>();
        IntStream.range(0, count)
                .forEach(i -> tags.put(
                        "key" + i,
                        random.ints(length, 'a', 'z' + 1)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()));
        return tags;
    }

    private static final class Draft {
        String role = "arn:aws:iam::000000000000:role/open";
        String name = "one";
        Integer seconds;
        String policy;
        String source;
        List<String> arns = List.of();
        Map<String, String> tags = Map.of();
        List<String> transitive = List.of();
    }

    private String refused(java.util.function.Consumer<Draft> change) {
        var draft = new Draft();
        sessions.assume(runner, of(draft), RequestContext.EMPTY);
        change.accept(draft);
        return refused(runner, of(draft));
    }

    private static AssumeRole of(Draft draft) {
        return new AssumeRole(
                draft.role,
                draft.name,
                draft.seconds,
                null,
                draft.policy,
                draft.arns,
                draft.tags,
                draft.transitive,
                draft.source);
    }

    private String refused(Caller caller, AssumeRole request) {
        return catchThrowableOfType(AwsError.class, () -> sessions.assume(caller, request, RequestContext.EMPTY))
                .code();
    }

    private boolean allowed(Caller caller, String action, String resource) {
        return authorizer
                .decide(new AccessRequest(caller, action, resource, "000000000000", RequestContext.EMPTY, null))
                .allowed();
    }

    private void grant(String role, String action, String resource) {
        identities.putRolePolicy(role, "rights", policy(action, resource));
    }

    private static String policy(String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}}";
    }

    private static String anybody() {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},\"Action\":\"sts:*\"}}";
    }
}
