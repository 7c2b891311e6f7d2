package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.diagnostic.DiagnosticException;
import dev.baton.run.Requester;
import java.util.List;
import java.util.Map;
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
}
