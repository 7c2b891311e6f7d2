package dev.baton.local.sts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which claims of whose tokens are condition keys.
class TokenKeysTest {

    private static Jwt token(String claims) {
        var coder = Base64.getUrlEncoder().withoutPadding();
        return Objects.requireNonNull(
                Jwt.parse(coder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                        + coder.encodeToString(claims.replace('\'', '"').getBytes(StandardCharsets.UTF_8)) + ".c2ln"));
    }

    @Test
    void audience_subject_and_methods_of_any_issuer_are_keys() {
        assertThat(TokenKeys.ofSession(
                        "Issuer.example/x", "sts", token("{'sub':'ann','amr':['mfa','pwd'],'repository':'acme/x'}")))
                .isEqualTo(Map.of(
                        "issuer.example/x:aud", List.of("sts"),
                        "issuer.example/x:sub", List.of("ann"),
                        "issuer.example/x:amr", List.of("mfa", "pwd")));
        assertThat(TokenKeys.ofSession("issuer.example", "sts", token("{'sub':'ann'}")))
                .containsOnlyKeys("issuer.example:aud", "issuer.example:sub");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "token.actions.githubusercontent.com, repository, acme/x",
                "token.actions.githubusercontent.com/acme, environment, prod",
                "token.actions.acme.ghe.com, repository, acme/x",
                "token.actions.githubusercontent.com.example, repository, none",
                "token.actions.githubusercontent.com, run_id, none",
                "gitlab.com, project_id, '22'",
                "gitlab.com, repository, none",
                "oidc.circleci.com/org/1, oidc.circleci.com/project-id, p",
                "accounts.google.com, oaud, web",
                "issuer.example, repository, none",
                "issuer.example, oaud, none",
            })
    void some_issuers_have_keys_of_their_own(String issuer, String claim, String value) {
        var keys = TokenKeys.ofTrust(
                issuer,
                token("{'repository':'acme/x','environment':'prod','run_id':'7','project_id':'22','aud':'web',"
                        + "'oidc.circleci.com/project-id':'p'}"));
        assertThat(keys.get(issuer + ":" + claim)).isEqualTo(value == null ? null : List.of(value));
    }
}
