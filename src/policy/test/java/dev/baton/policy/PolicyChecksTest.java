package dev.baton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `baton check` has against policies about people.
class PolicyChecksTest {
    private static final PolicyVocabulary KNOWN = new PolicyVocabulary(
            new TreeMap<>(Map.of("prod", Optional.of("platform"), "dev", Optional.empty())),
            List.of(Facts.weather("prod"), Facts.unowned("prod")),
            new TreeSet<>(List.of("on-call")));

    private static List<Diagnostic> check(String text) {
        return PolicyChecks.of("policies.cedar", text, KNOWN);
    }

    private static List<String> codes(String text) {
        return check(text).stream().map(Diagnostic::code).toList();
    }

    @Test
    void the_default_has_nothing_against_it() {
        assertThat(check(CedarSource.DEFAULT.text())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit(principal in Baton::Team::\"forecast\", action, resource == Baton::Pipeline::\"weather\");",
                "permit(principal is Baton::Person, action == Baton::Action::\"read\", resource);",
                "permit(principal == Baton::Event::\"completion:weather\", action == Baton::Action::\"start\", resource);",
                "permit(principal == Baton::Person::\"okta:ada@example.com\", action, resource)"
                        + " when { context has reason };",
                "permit(principal in Baton::Team::\"on-call\", action == Baton::Action::\"approve\","
                        + " resource in Baton::Pipeline::\"weather\");",
                // All may, but for what a forbid keeps for a team.
                "permit(principal is Baton::Person, action in [Baton::Action::\"deploy\", Baton::Action::\"read\"],"
                        + " resource); forbid(principal, action == Baton::Action::\"deploy\", resource)"
                        + " unless { principal in Baton::Team::\"platform\" };",
            })
    void a_limit_that_is_one_passes(String text) {
        assertThat(check(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "POL010 # permit(principal, action, resource);",
                "POL010 # permit(principal, action, resource) when { true };",
                "POL010 # permit(principal, action, resource) unless { false };",
                "POL014 # permit(principal is Baton::Person, action, resource);",
                "POL014 # permit(principal is Baton::Event, action, resource);",
                "POL013 # permit(principal in Baton::Team::\"data\", action, resource) when { true };",
                "POL011 # permit(principal, action == Baton::Action::\"approve\", resource);",
                "POL011 # permit(principal, action, resource == Baton::Pipeline::\"weather\");",
                "POL011 # permit(principal, action, resource in Baton::Environment::\"dev\");",
                "POL011 # permit(principal, action, resource) when { 1 == 1 };",
                "POL011 # permit(principal, action, resource) when { context has reason };",
                "POL011 # permit(principal, action, resource) when { resource has owner || !(resource has owner) };",
                "POL011 # permit(principal, action, resource) when { resource has owner && resource.owner == resource.owner };",
                "POL011 # permit(principal is Baton::Role, action == Baton::Action::\"deploy\", resource);",
                "POL011 # permit(principal is Baton::Person, action, resource) when { principal.provider == \"github\" };",
                "POL011 # permit(principal is Baton::Person, action, resource) when { principal.name like \"*@example.com\" };",
                "POL011 # permit(principal, action, resource) unless { principal in Baton::Team::\"data\" };",
                "POL012 # permit(principal == Baton::Event::\"upload\", action == Baton::Action::\"deploy\", resource);",
                "POL012 # permit(principal is Baton::Event, action == Baton::Action::\"approve\", resource);",
                "POL012 # permit(principal is Baton::Event, action, resource) when { principal.kind == \"sweep\" };",
                "POL005 # permit(principal == ?principal, action, resource);",
                "POL005 # permit(principal in ?principal, action, resource == ?resource);",
            })
    void what_gives_too_much_away_is_an_error(String code, String text) {
        assertThat(check(text))
                .as(text)
                .filteredOn(Diagnostic::isError)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.code()).isIn(code, "POL012"));
        assertThat(codes(text)).contains(code);
    }

    @Test
    void a_mistake_is_told_where_it_is() {
        var findings = check("""
                // Zürich's people, ☂
                @id("a")
                permit(principal in Baton::Team::"forecast", action, resource)
                  when { "ü" == "ü" && resoorce has owner };

                permit(principal in Baton::Team::"data", action == Baton::Action::"start" resource);
                """);
        assertThat(findings.stream().map(Diagnostic::toString))
                .anySatisfy(text -> assertThat(text).contains("policies.cedar:4:", "POL001"))
                .anySatisfy(text -> assertThat(text).contains("policies.cedar:6:", "POL001"));
        assertThat(check("\n  @id(\"ü\")permit(principal, foo, resource);")
                        .getFirst()
                        .toString())
                .contains("policies.cedar:2:", "foo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "POL002 # permit(principal in Baton::Team::\"data\", action == Baton::Action::\"strat\", resource);",
                "POL002 # permit(principal in Baton::Crew::\"data\", action, resource);",
                "POL002 # permit(principal in Baton::Team::\"data\", action, resource) when { resource.owner == principal };",
                "POL002 # permit(principal in Baton::Team::\"data\", action, resource) when { context.runs < 3 };",
                "POL003 # permit(principal in Baton::Team::\"data\", action, resource == Baton::Pipeline::\"wether\");",
                "POL003 # permit(principal in Baton::Team::\"data\", action, resource == Baton::Task::\"weather/Clean\");",
                "POL003 # permit(principal in Baton::Team::\"data\", action, resource in Baton::Environment::\"pord\");",
                "POL003 # permit(principal == Baton::Event::\"uplaod\", action == Baton::Action::\"start\", resource);",
                "POL003 # permit(principal == Baton::Person::\"ada\", action == Baton::Action::\"start\", resource);",
                "POL003 # permit(principal == Baton::Role::\"ops\", action == Baton::Action::\"start\", resource);",
                "POL003 # permit(principal, action, resource) when { principal in [Baton::Team::\"data\"] && resource in Baton::Pipeline::\"wether\" };",
                "POL004 # @id(\"a\") permit(principal in Baton::Team::\"data\", action, resource); @id(\"a\") forbid(principal, action, resource);",
                "POL004 # @id(\"a b\") permit(principal in Baton::Team::\"data\", action, resource);",
                "POL006 # forbid(principal, action, resource) when { principal is Baton::Event && principal is Baton::Person };",
                "POL007 # permit(principal in Baton::Team::\"forcast\", action, resource);",
                "POL009 # // nothing",
            })
    void what_is_not_there_or_does_not_fit_is_told(String code, String text) {
        assertThat(codes(text)).as(check(text).toString()).contains(code);
    }

    @Test
    void a_misspelt_name_is_told_with_the_one_that_was_meant() {
        assertThat(
                        check(
                                "permit(principal in Baton::Team::\"data\", action,\n resource == Baton::Pipeline::\"wether\");"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.location()).hasToString("policies.cedar:2:14");
                    assertThat(finding.message())
                            .contains("Baton::Pipeline::\"wether\"", "scratch, weather".split(", ")[1]);
                    assertThat(finding.remedy()).isEqualTo("write \"weather\"");
                });
    }

    @Test
    void a_semicolon_in_strings_and_comments_ends_no_policy() {
        assertThat(check("""
                // one; two
                @id("a") permit(principal in Baton::Team::"data", action, resource)
                  when { context has reason && context.reason != "a;\\"b" }; // three;
                """)).isEmpty();
    }
}
