package dev.baton.cli.deploy.read;

import dev.baton.diagnostic.Diagnostic;
import dev.baton.diagnostic.DiagnosticException;
import dev.baton.diagnostic.Location;
import dev.baton.json.Json;
import dev.baton.json.JsonException;
import dev.baton.run.IdentityProvider;
import dev.baton.run.IdentitySettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The tokens of identity providers that whoever runs the command has: one in a file, or one that GitHub Actions gives to
/// a job with `permissions: id-token: write`.
///
/// @param variables of the process
/// @param file that holds a token; that of `BATON_IDENTITY_TOKEN_FILE` where absent
public record IdentityTokens(
        Map<String, String> variables, @Nullable Path file) {
    /// Nobody's.
    public static final IdentityTokens NONE = new IdentityTokens(Map.of(), null);

    private static final String FILE = "BATON_IDENTITY_TOKEN_FILE";
    private static final String ADDRESS = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String BEARER = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final String GITHUB = "https://token.actions.";
    private static final int MOST = 65_536;

    public IdentityTokens {
        variables = Map.copyOf(variables);
    }

    /// The token for an environment; nothing where there is none.
    ///
    /// @param settings whose tokens the environment takes
    /// @throws DiagnosticException CLI113 when the file holds none, CLI114 when GitHub gives none
    public Optional<String> find(IdentitySettings settings) {
        var named = file == null ? variables.getOrDefault(FILE, "") : file.toString();
        if (!named.isEmpty()) {
            return Optional.of(read(Path.of(named)));
        }
        var address = variables.getOrDefault(ADDRESS, "");
        var bearer = variables.getOrDefault(BEARER, "");
        return address.isEmpty() || bearer.isEmpty()
                ? Optional.empty()
                : settings.providers().values().stream()
                        .filter(provider -> provider.issuer().startsWith(GITHUB))
                        .findFirst()
                        .map(provider -> ofGitHub(address, bearer, provider));
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MOST) {
                throw unusable(file, "has more than " + MOST + " bytes");
            }
            var token = Files.readString(file).strip();
            if (token.split("\\.", -1).length != 3 || token.contains("\n")) {
                throw unusable(file, "does not hold one JSON Web Token, which has three parts with dots between");
            }
            return token;
        } catch (IOException e) {
            throw unusable(file, Files.exists(file) ? "cannot be read as text" : "does not exist");
        }
    }

    private static DiagnosticException unusable(Path file, String why) {
        return new DiagnosticException(Diagnostic.error(
                "CLI113",
                Location.named(file.toString()),
                "is named as the file with the token of the identity provider, and " + why,
                "write the provider's token into it, or unset " + FILE + " to be known by your AWS credentials"));
    }

    /// See [OpenID Connect in GitHub
    /// Actions](https://docs.github.com/en/actions/reference/security/oidc#methods-for-requesting-the-oidc-token).
    private String ofGitHub(String address, String bearer, IdentityProvider provider) {
        try (var http = Authorities.of(variables).client()) {
            var answer = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(SdkHttpRequest.builder()
                                    .method(SdkHttpMethod.GET)
                                    .uri(URI.create(address + (address.contains("?") ? "&" : "?") + "audience="
                                            + URLEncoder.encode(provider.audience(), StandardCharsets.UTF_8)))
                                    .putHeader("Authorization", "bearer " + bearer)
                                    .putHeader("Accept", "application/json")
                                    .build())
                            .build())
                    .call();
            var status = answer.httpResponse().statusCode();
            try (InputStream body = answer.responseBody().orElseThrow(() -> new IOException("without a body"))) {
                var said = new String(body.readNBytes(MOST), StandardCharsets.UTF_8);
                if (status == 200 && Json.parseObject(said).get("value") instanceof String token) {
                    return token;
                }
            }
            throw refused("answered " + status + " without a token");
        } catch (IOException | JsonException | IllegalArgumentException e) {
            throw refused("gave no token: " + e.getClass().getSimpleName());
        }
    }

    private static DiagnosticException refused(String why) {
        return new DiagnosticException(Diagnostic.error(
                "CLI114",
                Location.named(ADDRESS),
                "GitHub Actions was asked there for the token of this job, and " + why,
                "give the job \"permissions: id-token: write\", or unset the variable to be known by your AWS"
                        + " credentials"));
    }

    /// Without what the variables hold.
    @Override
    public String toString() {
        return "IdentityTokens[" + (file == null ? "" : file) + "]";
    }
}
