package dev.baton.compiler.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The issuers of web identities, who may deploy without a key of their own: the holders of tokens of an OpenID Connect
/// issuer.
///
/// @param issuer `https://…`, as it stands in tokens
/// @param audience that tokens must name, for AWS `sts.amazonaws.com`
/// @param subjects that may deploy, such as `repo:example/weather:environment:prod`
/// @param provider the ARN of the account's identity provider, where the issuer has one already
public record Oidc(
        String issuer,
        String audience,
        List<String> subjects,
        @Nullable String provider) {
    public Oidc {
        subjects = List.copyOf(subjects);
    }
}
