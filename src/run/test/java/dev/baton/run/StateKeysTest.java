package dev.baton.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class StateKeysTest {
    private static final String RUN = "weather-2012.20261122T045208123Z";
    private static final Map<String, String> YEAR = Map.of("year", "2012");

    record Clean(int n) {}

    record Clean2(int n) {}

    @Test
    void keys_read_well_and_stay_as_they_are() {
        assertThat(StateKeys.pin("weather", RUN)).isEqualTo("runs/weather/" + RUN + "/pin.json");
        assertThat(StateKeys.done("weather", RUN, Clean.class, "Clean new-york", YEAR))
                .isEqualTo("runs/weather/" + RUN
                        + "/done/dev.baton.run.StateKeysTest.Clean-Clean_new-york-6497761bdaaefec6");
        assertThat(StateKeys.await("weather", RUN, "Await Clean new-york"))
                .startsWith("runs/weather/" + RUN + "/awaits/Await_Clean_new-york-");
        assertThat(StateKeys.completion(Clean.class, Map.of("city", "new-york", "year", "2012")))
                .startsWith("completions/dev.baton.run.StateKeysTest.Clean/new-york_2012-")
                .endsWith(".json");
        assertThat(StateKeys.completion(Clean.class, Map.of()))
                .matches("completions/dev\\.baton\\.run\\.StateKeysTest\\.Clean/[0-9a-f]{16}\\.json");
        assertThat(StateKeys.codeParts(Clean.class, "ab12"))
                .isEqualTo("parts/dev.baton.run.StateKeysTest.Clean/ab12.json");
    }

    @Test
    void the_pattern_of_a_class_covers_its_own_keys_and_no_others() {
        var pattern = StateKeys.donePattern("weather", Clean.class);
        assertThat(pattern).isEqualTo("runs/weather/*/done/dev.baton.run.StateKeysTest.Clean-*");
        var prefix = pattern.substring(pattern.indexOf("/done/"), pattern.length() - 1);
        assertThat(StateKeys.done("weather", RUN, Clean.class, "Clean", YEAR)).contains(prefix);
        assertThat(StateKeys.done("weather", RUN, Clean2.class, "Clean2", YEAR)).doesNotContain(prefix);
    }

    @Test
    void no_two_things_have_one_key_and_no_key_is_long_or_odd() {
        var seen = new HashMap<String, Object>();
        var odd = new String[] {
            "", "a", "a b", "a_b", "a-b", "\u00e9", "e\u0301", "../x", "a/b", "%2e", "\u202E", "x".repeat(900)
        };
        for (var name : odd) {
            for (var value : odd) {
                var parameters = Map.of("n", value);
                for (var key : new String[] {
                    StateKeys.done("p", "r", Clean.class, name, parameters),
                    StateKeys.await("p", "r", name + "|" + value)
                }) {
                    assertThat(seen.put(key, key)).as(key).isNull();
                    assertThat(key).matches("[A-Za-z0-9._/-]{1,400}").doesNotContain("/../");
                }
            }
            var completion = StateKeys.completion(Clean.class, Map.of("n", name));
            assertThat(seen.put(completion, name)).as(completion).isNull();
            assertThat(completion).matches("[A-Za-z0-9._/-]{1,400}");
        }
        assertThat(StateKeys.completion(Clean.class, Map.of("a", "b_c", "d", "e")))
                .isNotEqualTo(StateKeys.completion(Clean.class, Map.of("a", "b", "d", "c_e")));
    }

    @Test
    void a_run_that_is_no_name_has_no_key() {
        for (var run : new String[] {"", "..", "a/b", "a b", "é"}) {
            assertThatThrownBy(() -> StateKeys.pin("p", run)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_runs_id_is_a_name_in_a_key_whatever_the_execution_is_called() {
        var start = Instant.parse("2026-11-22T04:52:08.123456Z");
        assertThat(RunReference.id("weather-2012", start)).isEqualTo("weather-2012.20261122T045208123Z");
        var ids = new HashSet<String>();
        for (var name : new String[] {"é", "è", "a b", "a.b", "a_b", "x".repeat(80), "名", "名前"}) {
            var id = RunReference.id(name, start);
            assertThat(ids.add(id)).isTrue();
            assertThat(StateKeys.pin("p", id)).endsWith("/pin.json");
        }
    }

    @Test
    void an_execution_name_is_at_most_80_characters_and_the_same_for_the_same_start() {
        for (var seed = 0; seed < 500; seed++) {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            var parameters = Map.of("city", "x".repeat(random.nextInt(1, 90)) + "é ", "year", "2012");
            var versions = Map.of("s3://lake/a", "v" + seed);
            var name = ExecutionName.of("weather", parameters, versions, "code");
            assertThat(name).matches("[A-Za-z0-9_-]{1,47}-[0-9a-f]{32}");
            assertThat(ExecutionName.of("weather", new HashMap<>(parameters), versions, "code"))
                    .isEqualTo(name);
            assertThat(ExecutionName.of("weather", parameters, Map.of("s3://lake/a", "w" + seed), "code"))
                    .isNotEqualTo(name);
            assertThat(ExecutionName.of("weather", parameters, versions, "code2"))
                    .isNotEqualTo(name);
        }
    }
}
