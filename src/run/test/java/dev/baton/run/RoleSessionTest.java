package dev.baton.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSessionTest {
    private static final String PREFIX = "arn:aws:states:eu-central-1:123456789012:execution:baton-weather:";

    private static RoleSession session(String execution, String task, String work, long attempt) {
        return new RoleSession("weather", PREFIX + execution, task, work, attempt, "climate");
    }

    @Test
    void it_is_named_by_execution_task_work_and_attempt() {
        assertThat(session("weather-2012", "CleanObservations", "CleanObservations seattle", 2)
                        .name())
                .isEqualTo("2YN6U7T3HSOQSZZQ.CleanObservations.RZWHHXNF.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "weather-2012-0123456789abcdef0123456789abcdef",
                "Ünïcode-名前-🌧",
                "!'()_-.",
                "x",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatever_an_execution_is_called_every_limit_of_sts_is_kept(String execution) {
        for (var attempt : new long[] {0, 99_999, 100_000, Long.MAX_VALUE}) {
            var session = session(execution, "A".repeat(90), execution, attempt);

            assertThat(session.name()).matches("[\\w+=,.@-]{2,64}");
            assertThat(session.sourceIdentity())
                    .matches("[\\w+=,.@-]{2,64}")
                    .startsWith("weather.")
                    .doesNotStartWith("aws:");
            assertThat(session.tags()).allSatisfy((name, value) -> {
                assertThat(name).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
                assertThat(value).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
            });
            assertThat(session.tags().keySet())
                    .containsExactly("baton:pipeline", "baton:task", "baton:execution", "baton:owner");
        }
    }

    @Test
    void every_character_that_step_functions_takes_in_a_name_is_told_apart() {
        var names = new HashSet<String>();
        var tags = new HashSet<String>();
        var count = 0;
        for (var c = 0x21; c < 0x10000; c++) {
            // What CreateStateMachine and StartExecution refuse: white space, brackets, wildcards, special characters
            // and control characters.
            if (Character.isWhitespace(c)
                    || Character.isISOControl(c)
                    || Character.isSurrogate((char) c)
                    || "<>{}[]?*\"#%\\^|~`$&,;:/".indexOf(c) >= 0) {
                continue;
            }
            count++;
            var session = session("x" + (char) c, "T", "T", 0);
            assertThat(session.name()).matches("[\\w+=,.@-]{2,64}");
            assertThat(session.tags().get("baton:execution")).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
            names.add(session.name());
            tags.add(session.tags().get("baton:execution"));
        }
        assertThat(names).hasSize(count);
        assertThat(tags).hasSize(count);
    }

    @Test
    void two_tasks_of_one_class_in_one_execution_have_two_names() {
        assertThat(session("run", "Clean", "Clean seattle", 0).name())
                .isNotEqualTo(session("run", "Clean", "Clean new-york", 0).name());
        assertThat(session("run", "Clean", "Clean seattle", 0).name())
                .isNotEqualTo(session("run", "Clean", "Clean seattle", 1).name());
    }

    @Test
    void a_trust_policy_recognises_the_names_of_its_task_and_no_others() {
        for (var task : new String[] {"Clean", "Cl$an", "Größe", "A".repeat(90)}) {
            var name = session("run", task, "some node", 3).name();
            assertThat(like(RoleSession.namePattern(task), name)).as(task).isTrue();
            assertThat(like(RoleSession.namePattern("Other"), name)).isFalse();
        }
        assertThat(like(
                        RoleSession.sourceIdentityPattern("weather"),
                        session("run", "Clean", "n", 0).sourceIdentity()))
                .isTrue();
        assertThat(like(
                        RoleSession.sourceIdentityPattern("weath"),
                        session("run", "Clean", "n", 0).sourceIdentity()))
                .isFalse();
    }

    private static boolean like(String pattern, String text) {
        return text.matches(pattern.replace("+", "\\+")
                .replace(".", "\\.")
                .replace("?", ".")
                .replace("*", ".*"));
    }

    @Test
    void two_executions_whose_names_read_alike_in_a_tag_stay_two() {
        assertThat(session("run!", "T", "T", 0).tags())
                .isNotEqualTo(session("run'", "T", "T", 0).tags());
    }

    @Test
    void a_run_that_says_who_started_it_says_so_in_tags_that_further_sessions_keep() {
        var ada = Requester.person("okta", "ada@example.com", List.of("data-owners"));
        var session = new RoleSession(
                "weather", PREFIX + "x", "Clean", "Clean", 0, "climate", new RoleSession.Origin(ada, "git 1a2b*"));

        assertThat(session.tags())
                .containsEntry("baton:requester", "okta:ada@example.com")
                .hasEntrySatisfying("baton:revision", value -> assertThat(value).startsWith("git 1a2b_."));
        assertThat(session.transitiveTags())
                .containsExactly("baton:pipeline", "baton:owner", "baton:requester", "baton:revision");
        assertThat(session("x", "Clean", "Clean", 0).transitiveTags()).isEmpty();
    }

    @Test
    void a_plain_execution_stands_in_its_tag_as_it_is() {
        assertThat(session("weather-2012", "T", "T", 0).tags().values())
                .containsExactly("weather", "T", PREFIX + "weather-2012", "climate");
    }
}
