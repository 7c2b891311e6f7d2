package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.run.Requester;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is broken denies, with a sentence, and never throws.
class DenialTest {
    private static final String FORECASTERS =
            "@id(\"forecasters\") permit(principal in Baton::Team::\"forecast\", action, resource);";

    private static PolicyAnswer start(PeoplePolicies policies, Map<String, Object> context) {
        return policies.ask(Facts.question(Facts.ADA, PolicyAction.START, "weather", context));
    }

    @Test
    void what_is_whole_allows() {
        assertThat(start(Facts.policies(FORECASTERS), Map.of()).allowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit(principal, action, resource",
                "permit(principal, action, resource) when { context.nothing };",
                "forbid(principal, action == Baton::Action::\"strat\", resource);",
                "permit(principal == ?principal, action, resource);",
                "@id(\"forecasters\") forbid(principal, action, resource) when { false };",
                "",
                "\u0000",
            })
    void a_text_of_which_one_policy_is_wrong_allows_nothing(String wrong) {
        var text = wrong.isEmpty() ? "// no policy" : FORECASTERS + "\n" + wrong;
        var answer = start(Facts.policies(text), Map.of());
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.reason()).isNotBlank().doesNotContain("Exception", "\n");
    }

    @Test
    void a_policy_that_forbids_and_cannot_be_evaluated_denies() {
        var policies = Facts.policies(FORECASTERS
                + "@id(\"limit\") forbid(principal, action, resource)"
                + " when { context has runs && context.runs + 9223372036854775807 > 3 };");
        assertThat(start(policies, Map.of()).allowed()).isTrue();
        var answer = start(policies, Map.of("runs", 5L));
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.reason())
                .contains("the policy limit cannot be evaluated")
                .contains("overflow");
    }

    @ParameterizedTest
    @CsvSource({"(,),80", "(,),5000", "[,],100", "{a:,},100", "if true then , else false,900", "-,'',200"})
    void a_text_that_is_nested_deep_denies_and_ends_no_process(String open, String close, int times) {
        var body = open.repeat(times) + "true" + (close == null ? "" : close).repeat(times);
        var answer = start(
                Facts.policies(FORECASTERS + " forbid(principal, action, resource) when { " + body + " };"), Map.of());
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.reason()).isNotBlank();
    }

    @Test
    void a_text_that_is_too_long_denies() {
        var answer = start(Facts.policies(FORECASTERS + "// long\n".repeat(20_000)), Map.of());
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.reason()).contains("160").contains("POL001");
    }

    @Test
    void what_is_no_text_or_no_json_denies() {
        var facts = List.of(Facts.weather("prod").toBytes());
        assertThat(start(PeoplePolicies.of(new byte[] {(byte) 0xff, 1}, facts), Map.of())
                        .reason())
                .contains("UTF-8");
        assertThat(start(PeoplePolicies.of(null, List.of("{".getBytes(StandardCharsets.UTF_8))), Map.of()))
                .satisfies(answer -> assertThat(answer.allowed()).isFalse())
                .satisfies(answer -> assertThat(answer.reason()).contains("not JSON"));
        var newer = new String(Facts.weather("prod").toBytes(), StandardCharsets.UTF_8)
                .replace("\"version\":1", "\"version\":2")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(start(PeoplePolicies.of(null, List.of(newer)), Map.of()).reason())
                .contains("version");
    }

    @Test
    void what_nothing_is_known_of_is_denied() {
        var policies = PeoplePolicies.over(FORECASTERS, List.of(Facts.weather("dev")));
        assertThat(start(policies, Map.of()).reason()).contains("deployed to the environment dev");
        assertThat(start(PeoplePolicies.over(FORECASTERS, List.of()), Map.of()).reason())
                .contains("nothing is known of the pipeline weather");
        assertThat(Facts.policies(FORECASTERS)
                        .ask(Facts.question(Facts.ADA, PolicyAction.FORCE, "weather/Gone", Map.of()))
                        .reason())
                .contains("no task Gone");
        var answer = Facts.policies(FORECASTERS)
                .ask(Facts.question(Facts.ADA, PolicyAction.START, "weather/Forecast", Map.of()));
        assertThat(answer.allowed()).as("a task is not started").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\", "a\nb", "☂", "a\", action, resource); permit(principal, \"", "?principal"})
    void a_name_is_a_name_whatever_is_in_it(String name) {
        var owner = new GovernedPipeline(
                "prod", Optional.empty(), "weather", Optional.of("forecast"), new TreeSet<>(), new TreeMap<>());
        var policies = PeoplePolicies.over(null, List.of(owner));
        var stranger = Requester.person("okta", name, List.of(name));
        assertThat(policies.ask(Facts.question(stranger, PolicyAction.START, "weather", Map.of()))
                        .allowed())
                .isFalse();
        var member = Requester.person("okta", name, List.of(name, "forecast"));
        assertThat(policies.ask(Facts.question(member, PolicyAction.START, "weather", Map.of()))
                        .allowed())
                .isTrue();
    }

    @Test
    void facts_are_read_as_they_were_written() {
        var facts = Facts.weather("prod");
        assertThat(GovernedPipeline.parse(facts.toBytes())).isEqualTo(facts);
    }
}
