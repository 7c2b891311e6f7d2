package dev.baton.lambda.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.run.RoleSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sts.model.StsException;

class TaskSessionTest {
    private static final String ROLE = "arn:aws:iam::123456789012:role/baton/farm/baton-farm-Yield";
    private static final RoleSession SESSION = new RoleSession(
            "farm", "arn:aws:states:eu-central-1:123456789012:execution:farm:x", "Yield", "Yield", 0, null);

    private final Counter sts = new Counter();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");

    /// An STS that counts, and that lets sessions live for as long as it is asked to.
    private final class Counter implements Function<RoleRequest, RoleCredentials> {
        private final List<RoleRequest> asked = new ArrayList<>();
        private boolean fails;
        private int longestPolicy = SessionPolicy.LIMIT;

        @Override
        public synchronized RoleCredentials apply(RoleRequest request) {
            if (fails) {
                throw StsException.builder().message("no STS today").build();
            }
            if (request.policy().length() > longestPolicy) {
                throw StsException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("PackedPolicyTooLarge")
                                .errorMessage("110 %")
                                .build())
                        .build();
            }
            asked.add(request);
            var number = asked.size();
            var expires = now.plusSeconds(request.durationSeconds());
            return new RoleCredentials(
                    "arn:aws:sts::123456789012:assumed-role/baton-farm-Yield/" + request.sessionName(),
                    AwsSessionCredentials.builder()
                            .accessKeyId("ASIA" + number)
                            .secretAccessKey("canary-secret-" + number)
                            .sessionToken("canary-token-" + number)
                            .expirationTime(expires)
                            .build(),
                    expires,
                    40);
        }
    }

    private TaskSession assume() {
        var key = SessionScope.Place.key("lake", "clean/2012.csv");
        return TaskSession.assume(
                sts,
                ROLE,
                "eu-central-1",
                SESSION,
                new SessionScope(List.of(key), List.of(key), List.of(), List.of()),
                () -> now);
    }

    private static String keyOf(TaskSession session) {
        return session.credentials().resolveCredentials().accessKeyId();
    }

    @Test
    void a_session_is_asked_for_once_and_lasts_900_seconds() {
        var session = assume();
        IntStream.range(0, 100).forEach(i -> keyOf(session));

        assertThat(sts.asked).hasSize(1);
        assertThat(sts.asked.getFirst().durationSeconds()).isEqualTo(900);
        assertThat(session.expires()).isEqualTo(now.plusSeconds(900));
    }

    @Test
    void work_that_outlives_its_session_assumes_the_role_again_before_it_ends() {
        var session = assume();
        var keys = new ArrayList<String>();
        for (var minute = 0; minute < 120; minute++) {
            keys.add(keyOf(session));
            assertThat(session.expires()).isAfter(now);
            now = now.plus(Duration.ofMinutes(1));
        }

        // 14 minutes each: 15 less the margin.
        assertThat(keys.stream().distinct()).hasSize(9);
        assertThat(keys.get(13)).isEqualTo("ASIA1");
        assertThat(keys.get(14)).isEqualTo("ASIA2");
        assertThat(sts.asked).hasSize(9).allMatch(sts.asked.getFirst()::equals);
    }

    @Test
    void an_sts_that_fails_for_a_while_does_not_end_a_session_before_its_time() {
        var session = assume();
        sts.fails = true;
        now = session.expires().minusSeconds(1);
        assertThat(keyOf(session)).isEqualTo("ASIA1");
        now = session.expires();
        assertThatThrownBy(() -> keyOf(session)).hasMessageContaining("no STS today");
        sts.fails = false;
        assertThat(keyOf(session)).isEqualTo("ASIA2");
    }

    @Test
    void many_who_ask_at_once_renew_once() throws Exception {
        var session = assume();
        now = session.expires();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 50)
                    .<Callable<String>>mapToObj(i -> () -> keyOf(session))
                    .toList();
            var keys = threads.invokeAll(calls).stream()
                    .map(future -> future.resultNow())
                    .collect(Collectors.toSet());
            assertThat(keys).containsExactly("ASIA2");
        }
    }

    @Test
    void every_attempt_has_credentials_of_its_own() {
        assertThat(keyOf(assume())).isNotEqualTo(keyOf(assume()));
    }

    @Test
    void a_policy_that_packs_too_large_is_narrowed_less_and_the_session_says_so() {
        assertThat(assume().narrowing()).isEqualTo(SessionFit.KEYS);
        sts.longestPolicy = 120;
        var session = assume();
        assertThat(session.narrowing()).isEqualTo(SessionFit.ROLE);
        assertThat(sts.asked.getLast().policy()).contains("\"Action\":\"*\"");
    }

    @Test
    void nothing_of_a_session_prints_a_secret() {
        var session = assume();
        var credentials = session.credentials();
        now = session.expires();
        sts.fails = true;
        assertThatThrownBy(credentials::resolveCredentials)
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("canary"));
        for (var each : new Object[] {session, credentials, credentials.toString() + session, SESSION}) {
            assertThat(String.valueOf(each)).doesNotContain("canary", "ASIA1", "ASIA2");
        }
    }
}
