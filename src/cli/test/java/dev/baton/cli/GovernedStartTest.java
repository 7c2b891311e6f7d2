package dev.baton.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.baton.cli.deploy.read.IdentityTokens;
import dev.baton.cli.identity.OwnIdentity;
import dev.baton.cli.operate.ExecutionRestart;
import dev.baton.cli.operate.StartRequest;
import dev.baton.cli.pipelines.Orchard;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.json.Json;
import dev.baton.run.EvidenceEntry;
import dev.baton.run.ExecutionInput;
import dev.baton.run.Force;
import dev.baton.run.IdentityProof;
import dev.baton.run.IdentityProof.SignedCall;
import dev.baton.run.IdentityProof.Token;
import dev.baton.run.Pin;
import dev.baton.run.Requester;
import dev.baton.run.RunReference;
import dev.baton.run.StartInvocation;
import dev.baton.run.StartRecord;
import dev.baton.run.StartResult;
import dev.baton.run.StateKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Who may start, and do with executions, what: asked of the real start function by the tokens of a real issuer, and by
/// calls that STS answers.
class GovernedStartTest {
    private static final AtomicInteger YEARS = new AtomicInteger(2000);
    private static final List<String> ACTIONS =
            List.of("start", "rerun", "force", "backfill", "redrive", "stop", "read");

    /// What each may, in the order of [#ACTIONS]: `+` or `-`.
    private static final String TABLE = """
            stage cider grower     +++++++
            stage cider brewer     -------
            stage cider warden     -------
            stage cider harvest    -------
            stage cider a-grower   +++++++
            stage cider a-visitor  -------
            stage perry grower     -------
            stage perry brewer     +++++++
            stage perry a-grower   -------
            prod  cider grower     +-----+
            prod  cider brewer     -------
            prod  cider warden     -+--++-
            prod  cider harvest    ++-++++
            prod  cider a-grower   +-----+
            prod  cider a-visitor  -------
            """;

    @TempDir
    private static Path folder;

    private static GovernedOrchards orchards;
    private static IdentityProof grower;

    @BeforeAll
    static void deploy() throws IOException {
        orchards = new GovernedOrchards();
        grower = orchards.okta("ada@example.com", "00g1");
    }

    @AfterAll
    static void close() {
        orchards.close();
    }

    private static IdentityProof proof(String who, String environment, String pipeline) {
        return switch (who) {
            case "grower" -> grower;
            case "brewer" -> orchards.okta("ben@example.com", "00g2", "growers");
            case "warden" -> orchards.okta("wil@example.com", "00g3");
            case "harvest" -> orchards.token("forge", "harvest", GovernedOrchards.AUDIENCE, Map.of(), 600);
            case "a-grower" -> call(GovernedOrchards.GROWER, "gwen", environment, pipeline);
            case "a-visitor" -> call(GovernedOrchards.VISITOR, "vic", environment, pipeline);
            default -> throw new IllegalArgumentException(who);
        };
    }

    private static SignedCall call(String role, String session, String environment, String pipeline) {
        try (var endpoint = orchards.session(role, session)) {
            return endpoint.callerProof(GovernedOrchards.audience(environment, pipeline));
        }
    }

    private static String uploaded(String environment, String pipeline) {
        var year = Integer.toString(YEARS.incrementAndGet());
        orchards.upload(environment, (pipeline.equals("cider") ? "apples/" : "pears/") + year + ".txt", "sweet");
        return year;
    }

    private static ExecutionInput of(String year) {
        return new ExecutionInput(Optional.empty(), Map.of("year", year), Map.of());
    }

    private static StartInvocation asked(String action, String environment, String pipeline, String ended) {
        return switch (action) {
            case "start" -> new StartInvocation.Start(of(uploaded(environment, pipeline)));
            case "rerun" -> new StartInvocation.Again(ended);
            case "force" ->
                new StartInvocation.Start(of(uploaded(environment, pipeline))
                        .forcing(Optional.of(new Force(List.of(Force.ALL), "somebody else"))));
            case "backfill" -> new StartInvocation.Start(of(uploaded(environment, pipeline)), 12);
            case "redrive" -> new StartInvocation.Redrive(ended);
            case "stop" -> new StartInvocation.Stop(ended, "why not");
            case "read" -> new StartInvocation.See(of("1999"));
            default -> throw new IllegalArgumentException(action);
        };
    }

    private static boolean isDenied(StartResult result) {
        return result instanceof StartResult.Refused refused && refused.code().equals("RUN070");
    }

    @Test
    void the_table_of_decisions_holds_for_every_principal_action_pipeline_and_environment()
            throws InterruptedException {
        var ended = new TreeMap<String, String>();
        var found = new ArrayList<String>();
        var rows = TABLE.lines().toList();
        for (var row : rows) {
            var words = row.split(" +");
            var environment = words[0];
            var pipeline = words[1];
            var where = environment + " " + pipeline;
            if (!ended.containsKey(where)) {
                ended.put(where, ended(environment, pipeline));
            }
            var signs = new StringBuilder();
            var proof = proof(words[2], environment, pipeline);
            for (var action : ACTIONS) {
                var result = orchards.ask(
                        environment, pipeline, asked(action, environment, pipeline, ended.get(where)), proof);
                signs.append(isDenied(result) ? '-' : '+');
            }
            found.add(row.substring(0, row.length() - ACTIONS.size()) + signs);
        }
        assertThat(found).containsExactlyElementsOf(rows);
        assertThat(rows.size() * ACTIONS.size()).isGreaterThanOrEqualTo(60);
    }

    /// An execution that has succeeded.
    private static String ended(String environment, String pipeline) throws InterruptedException {
        var owner = proof(pipeline.equals("cider") ? "grower" : "brewer", environment, pipeline);
        var started = started(orchards.ask(
                environment, pipeline, new StartInvocation.Start(of(uploaded(environment, pipeline))), owner));
        assertThat(end(started).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        return started;
    }

    private static String started(StartResult result) {
        assertThat(result).isInstanceOf(StartResult.Started.class);
        return ((StartResult.Started) result).execution();
    }

    private static DescribeExecutionResponse described(String execution) {
        return orchards.cloud.endpoint().states().describeExecution(r -> r.executionArn(execution));
    }

    private static DescribeExecutionResponse end(String execution) throws InterruptedException {
        until(() -> described(execution).status() != ExecutionStatus.RUNNING);
        return described(execution);
    }

    private static void until(BooleanSupplier told) throws InterruptedException {
        for (var look = 0; look < 600; look++) {
            if (told.getAsBoolean()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it never came to that");
    }

    private static byte[] stored(String environment, String key) {
        return orchards.cloud
                .endpoint()
                .s3()
                .getObjectAsBytes(
                        r -> r.bucket(GovernedOrchards.bucket(environment)).key(key))
                .asByteArray();
    }

    @Test
    void who_started_is_recorded_before_pinned_and_never_part_of_the_input() throws InterruptedException {
        var year = uploaded("stage", "cider");
        var execution = started(orchards.ask("stage", "cider", new StartInvocation.Start(of(year)), grower));
        var ended = end(execution);
        var record = StartRecord.parse(stored("stage", StateKeys.start("cider", ended.name())));
        assertThat(record.requester()).isEqualTo(Requester.person("okta", "ada@example.com", List.of("growers")));
        assertThat(record.policyHash()).isPresent();
        assertThat(record.at()).isBefore(ended.startDate());
        var run = RunReference.id(ended.name(), ended.startDate());
        assertThat(Pin.parse(stored("stage", StateKeys.pin("cider", run))).run().startedBy())
                .hasValueSatisfying(starter -> assertThat(starter.id()).isEqualTo("okta:ada@example.com"));
        assertThat(ended.input()).doesNotContain("ada", "okta");
        var again = orchards.ask(
                "stage", "cider", new StartInvocation.Start(of(year)), proof("a-grower", "stage", "cider"));
        assertThat(again).isInstanceOf(StartResult.Running.class);
        assertThat(StartRecord.parse(stored("stage", StateKeys.start("cider", ended.name()))))
                .isEqualTo(record);
    }

    @Test
    void whoever_forces_is_who_is_proven_and_not_who_is_said() throws InterruptedException {
        var execution = started(orchards.ask("stage", "cider", asked("force", "stage", "cider", ""), grower));
        assertThat(end(execution).input()).contains("okta:ada@example.com").doesNotContain("somebody else");
    }

    @Test
    void an_execution_that_was_started_past_the_start_function_runs_no_task() throws InterruptedException {
        var input = "{\"parameters\":{\"year\":\"" + uploaded("stage", "cider") + "\"}}";
        var started = orchards.cloud
                .endpoint()
                .states()
                .startExecution(r -> r.stateMachineArn(
                                orchards.deployed("stage", "cider").alias())
                        .input(input))
                .executionArn();
        var ended = end(started);
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.cause()).contains("was not started by the start function", "RUN076");
    }

    @Test
    void a_change_of_policies_holds_for_the_next_start_without_a_deployment() throws InterruptedException {
        var see = new StartInvocation.See(of("1999"));
        var warden = proof("warden", "prod", "cider");
        assertThat(isDenied(orchards.ask("prod", "cider", see, warden))).isTrue();
        try {
            orchards.policies(
                    "prod",
                    GovernedOrchards.IN_PROD + "permit (principal in Baton::Team::\"wardens\", action, resource);");
            until(() -> !isDenied(orchards.ask("prod", "cider", see, warden)));
            orchards.policies("prod", "permit (principal, action, resource) when { context.");
            until(() -> isDenied(orchards.ask("prod", "cider", see, grower)));
            assertThat(((StartResult.Refused) orchards.ask("prod", "cider", see, grower)).reason())
                    .contains(
                            "okta:ada@example.com may not read the pipeline \"cider\" in prod: the policies cannot be");
        } finally {
            orchards.policies("prod", GovernedOrchards.IN_PROD);
        }
        until(() -> !isDenied(orchards.ask("prod", "cider", see, grower)));
    }

    @Test
    void without_sound_facts_about_the_pipeline_nobody_may_anything() throws InterruptedException {
        var see = new StartInvocation.See(of("1999"));
        var facts = stored("stage", StateKeys.governed("perry"));
        var brewer = proof("brewer", "stage", "perry");
        try {
            orchards.put("stage", StateKeys.governed("perry"), new byte[] {'{', '}'});
            until(() -> isDenied(orchards.ask("stage", "perry", see, brewer)));
        } finally {
            orchards.put("stage", StateKeys.governed("perry"), facts);
        }
        until(() -> !isDenied(orchards.ask("stage", "perry", see, brewer)));
    }

    @Test
    void an_event_is_a_principal_and_what_is_denied_to_it_is_an_answer() {
        assertThat(uploadEvent("stage")).contains("\"outcome\":\"started\"");
        assertThat(uploadEvent("prod")).contains("\"outcome\":\"refused\"", "RUN070", "event upload may not start");
    }

    private static String uploadEvent(String environment) {
        return Json.print(orchards.invoke(
                environment,
                "cider",
                Map.of(
                        "source", "aws.s3",
                        "detail-type", "Object Created",
                        "detail",
                                Map.of(
                                        "bucket", Map.of("name", GovernedOrchards.lake(environment)),
                                        "object",
                                                Map.of("key", "apples/" + uploaded(environment, "cider") + ".txt")))));
    }

    private static String refusal(@Nullable IdentityProof proof) {
        var answer = orchards.invoke("stage", "cider", new StartInvocation.See(of("1999")), proof);
        assertThat(answer.get("errorType")).as("%s", answer).isEqualTo("dev.baton.task.InvalidInput");
        return String.valueOf(answer.get("errorMessage"));
    }

    private static JWTClaimsSet claims(String issuer) {
        return new JWTClaimsSet.Builder()
                .issuer(orchards.url(issuer))
                .audience(GovernedOrchards.AUDIENCE)
                .subject("00u1")
                .claim("email", "ada@example.com")
                .claim("groups", List.of("00g1"))
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .build();
    }

    @Test
    void what_proves_nothing_is_refused_with_its_sentence_and_never_repeated() throws Exception {
        assertThat(refusal(null)).contains("does not prove who asks", "RUN071");
        assertThat(refusal(new Token("nothing"))).contains("is not a signed JSON Web Token", "RUN071");
        assertThat(refusal(orchards.token("okta", "00u1", "another", Map.of("email", "ada@example.com"), 600)))
                .contains("is meant for \"another\", and not for baton-orchards", "RUN074");
        assertThat(refusal(orchards.token("unknown", "00u1", GovernedOrchards.AUDIENCE, Map.of(), 600)))
                .contains("is of the issuer", "only those of [forge, okta]", "RUN073");
        assertThat(refusal(orchards.token(
                        "okta", "00u1", GovernedOrchards.AUDIENCE, Map.of("email", "ada@example.com"), -3600)))
                .contains("the token of \"okta\" for \"00u1\" has expired at", "RUN072");
        assertThat(refusal(orchards.token("okta", "00u1", GovernedOrchards.AUDIENCE, Map.of(), 600)))
                .contains("no claim \"email\"", "RUN073");
        assertThat(refusal(orchards.token(
                        "okta",
                        "00u1",
                        GovernedOrchards.AUDIENCE,
                        Map.of("email", "ada@example.com", "email_verified", false),
                        600)))
                .contains("an email that its issuer has not verified");
        assertThat(refusal(new Token(new PlainJWT(claims("okta")).serialize())))
                .contains("is not a signed JSON Web Token");

        var shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims("okta"));
        shared.sign(new MACSigner(new byte[32]));
        assertThat(refusal(new Token(shared.serialize()))).contains("is signed by HS256, which is not taken");

        var other = new RSAKeyGenerator(2048).keyID("none-of-theirs").generate();
        var foreign = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(other.getKeyID())
                        .build(),
                claims("okta"));
        foreign.sign(new RSASSASigner(other));
        assertThat(refusal(new Token(foreign.serialize()))).contains("by a key that is none of its issuer's");

        var good = ((Token) grower).jwt().split("\\.");
        var body = new String(Base64.getUrlDecoder().decode(good[1])).replace("ada@", "eve@");
        var tampered =
                good[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(body.getBytes()) + "." + good[2];
        assertThat(refusal(new Token(tampered)))
                .contains("has a signature that is not its issuer's")
                .doesNotContain(good[2]);
    }

    private static SignedCall with(SignedCall call, String header, String value) {
        var headers = new TreeMap<>(call.headers());
        headers.put(header, value);
        return new SignedCall(headers);
    }

    @Test
    void a_signed_call_is_good_for_one_pipeline_of_one_environment_for_minutes() {
        var call = call(GovernedOrchards.GROWER, "gwen", "stage", "cider");
        assertThat(isDenied(orchards.ask("stage", "cider", new StartInvocation.See(of("1999")), call)))
                .isFalse();
        for (var elsewhere : List.of(
                call(GovernedOrchards.GROWER, "gwen", "stage", "perry"),
                call(GovernedOrchards.GROWER, "gwen", "prod", "cider"))) {
            assertThat(refusal(elsewhere)).contains("was made for \"", "and this is \"", "RUN074");
        }
        var meant = GovernedOrchards.audience("stage", "cider");
        var replayed = call(GovernedOrchards.GROWER, "gwen", "prod", "cider");
        assertThat(refusal(with(replayed, IdentityProof.AUDIENCE_HEADER, meant)))
                .contains("is refused by STS", "RUN073")
                .doesNotContain(String.valueOf(call.headers().get("x-amz-security-token")));
        assertThat(refusal(with(call, "x-amz-date", "20200101T000000Z")))
                .contains("was signed at 2020-01-01T00:00:00Z", "RUN072");
        assertThat(refusal(with(call, "host", "sts.example.com"))).contains("was made for the STS at sts.example.com");
        assertThat(refusal(with(call, "x-forwarded-host", "evil"))).contains("has a header that it may not have");
        var unsigned = call.headers().get("authorization").replace(";x-baton-audience", "");
        assertThat(refusal(with(call, "authorization", unsigned))).contains("does not sign its x-baton-audience");
    }

    @Test
    void the_command_is_known_by_its_token_and_redrives_and_stops_through_the_function() throws Exception {
        var file = folder.resolve("token.jwt");
        Files.writeString(file, ((Token) grower).jwt());
        var endpoint = orchards.endpoint("stage").with(new IdentityTokens(Map.of(), file));
        var deployed = orchards.deployed("stage", "cider");
        assertThat(new OwnIdentity(endpoint).proof(deployed)).isEqualTo(grower);
        var year = Integer.toString(YEARS.incrementAndGet());
        orchards.upload("stage", "apples/" + year + ".txt", "hard");
        Orchard.BROKEN.set(true);
        try {
            var failed = started(new StartRequest(endpoint, deployed).start(Map.of("year", year)));
            assertThat(end(failed).status()).isEqualTo(ExecutionStatus.FAILED);
            var nobody = orchards.endpoint("stage");
            assertThatThrownBy(() -> new ExecutionRestart(nobody).redrive(failed))
                    .isInstanceOf(DiagnosticException.class)
                    .hasMessageContaining("RUN070")
                    .hasMessageContaining("may not redrive the pipeline \"cider\" in stage");
            Orchard.BROKEN.set(false);
            assertThat(new ExecutionRestart(endpoint).redrive(failed).redriven())
                    .isTrue();
            assertThat(end(failed).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        } finally {
            Orchard.BROKEN.set(false);
        }
    }

    @Test
    void every_decision_is_evidence_and_no_proof_is_anywhere() throws InterruptedException {
        var call = call(GovernedOrchards.GROWER, "canary", "stage", "cider");
        var execution = started(
                orchards.ask("stage", "cider", new StartInvocation.Start(of(uploaded("stage", "cider"))), call));
        end(execution);
        var told = new ArrayList<String>();
        var evidence = new ArrayList<EvidenceEntry>();
        var s3 = orchards.cloud.endpoint().s3();
        for (S3Object object : s3.listObjectsV2Paginator(r -> r.bucket(GovernedOrchards.bucket("stage")))
                .contents()) {
            var content = stored("stage", object.key());
            told.add(object.key() + new String(content));
            if (object.key().startsWith(StateKeys.EVIDENCE)) {
                evidence.add(EvidenceEntry.parse(content));
            }
        }
        orchards.cloud
                .endpoint()
                .states()
                .getExecutionHistoryPaginator(r -> r.executionArn(execution).includeExecutionData(true))
                .events()
                .forEach(event -> told.add(event.toString()));
        assertThat(evidence)
                .filteredOn(entry -> entry.requester().session().equals(Optional.of("canary")))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.kind()).isEqualTo(EvidenceEntry.Kind.DECISION);
                    assertThat(entry.requester().id()).isEqualTo("arn:aws:iam::000000000000:role/Grower");
                    assertThat(entry.details())
                            .containsEntry("action", "start")
                            .containsEntry("allowed", true)
                            .containsKey("policyHash");
                });
        var secrets = List.of(
                call.headers().get("x-amz-security-token"),
                call.headers().get("authorization").replaceFirst(".*Signature=", ""),
                ((Token) grower).jwt().split("\\.")[2]);
        for (var secret : secrets) {
            assertThat(told).noneMatch(text -> text.contains(String.valueOf(secret)));
        }
    }
}
