package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.run.Requester;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Sentences that policies are tested by.
class PolicyCaseTest {

    @Test
    void a_sentence_is_a_question_with_what_is_expected() {
        var cases = PolicyCase.parse("policies.cases", """
                # who owns
                okta:ada@example.com of forecast, data   may start weather in prod
                okta:eve may not force weather/Forecast in prod with {"forced": ["Forecast"], "runs": 3}

                arn:aws:iam::111111111111:role/operators of platform may deploy environment prod # and nobody else
                event completion:radar may start weather in prod
                """);
        assertThat(cases.stream().map(PolicyCase::expected)).containsExactly(true, false, true, true);
        assertThat(cases.stream().map(PolicyCase::line)).containsExactly(2, 3, 5, 6);
        assertThat(cases.get(0).question())
                .isEqualTo(new PolicyQuestion(
                        Requester.person("okta", "ada@example.com", List.of("forecast", "data")),
                        PolicyAction.START,
                        new PolicyResource.OfPipeline("weather"),
                        "prod",
                        Map.of()));
        assertThat(cases.get(1).question().context()).isEqualTo(Map.of("forced", List.of("Forecast"), "runs", 3L));
        assertThat(cases.get(2).question().resource()).isEqualTo(new PolicyResource.OfEnvironment("prod"));
        assertThat(cases.get(3).question().requester().id()).isEqualTo("completion:radar");
    }

    @Test
    void every_line_that_is_none_is_told() {
        assertThatThrownBy(() -> PolicyCase.parse("policies.cases", """
                        ada may start weather in prod
                        okta:ada can start weather in prod
                        okta:ada may launch weather in prod
                        okta:ada may start weather
                        event rain may start weather in prod
                        okta:ada may start weather in prod with {"runs": }
                        """))
                .isInstanceOfSatisfying(DiagnosticException.class, e -> {
                    assertThat(e.diagnostics())
                            .hasSize(6)
                            .allSatisfy(finding -> assertThat(finding.code()).isEqualTo("POL020"));
                    assertThat(e.diagnostics().getFirst().message()).contains("\"ada\"");
                    assertThat(e.diagnostics().getLast().location()).hasToString("policies.cases:6:1");
                });
        assertThatThrownBy(() -> PolicyCase.parse("policies.cases", "# nothing\n"))
                .isInstanceOf(DiagnosticException.class);
    }

    @Test
    void a_sentence_is_asked_as_if_all_were_deployed() {
        var known = new PolicyVocabulary(
                new TreeMap<>(Map.of("prod", Optional.of("platform"))), List.of(Facts.weather("")), new TreeSet<>());
        var cases = PolicyCase.parse("f", """
                okta:ada of forecast may start weather in prod
                okta:ada of forecast may deploy environment prod
                okta:ada of platform may deploy environment prod
                """);
        var trials = PolicyTrial.of(CedarSource.DEFAULT.text(), known, "f", cases);
        assertThat(trials.stream().map(PolicyTrial::holds)).containsExactly(true, false, true);
        assertThat(trials.get(1).toJson()).containsEntry("allowed", false).containsEntry("line", 2L);
        assertThatThrownBy(() -> PolicyTrial.of(CedarSource.DEFAULT.text(), known, "f", PolicyCase.parse("f", """
                                okta:ada may not start wether in prod
                                okta:ada may not start weather in pord
                                okta:ada may not force weather/Forcast in prod
                                """)))
                .isInstanceOfSatisfying(
                        DiagnosticException.class,
                        e -> assertThat(e.diagnostics())
                                .hasSize(3)
                                .allSatisfy(
                                        finding -> assertThat(finding.code()).isEqualTo("POL021")));
    }

    @Test
    void texts_differ_by_what_their_policies_say() {
        var earlier = "@id(\"a\") permit(principal in Baton::Team::\"x\", action, resource);"
                + "@id(\"b\") forbid(principal, action, resource) when { context has runs };"
                + "@id(\"c\") permit(principal in Baton::Team::\"y\", action, resource);";
        var later = "// spaced\n@id(\"a\")\npermit (principal in Baton::Team::\"x\", action, resource) ;"
                + "@id(\"c\") permit(principal in Baton::Team::\"z\", action, resource);"
                + "@id(\"d\") forbid(principal, action, resource) when { context has runs };";
        assertThat(PolicyDifference.between(earlier, later))
                .isEqualTo(new PolicyDifference(List.of("d"), List.of("b"), List.of("c")));
        assertThat(PolicyDifference.between(earlier, earlier).isEmpty()).isTrue();
    }
}
