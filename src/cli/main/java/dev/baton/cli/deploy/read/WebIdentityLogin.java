package dev.baton.cli.deploy.read;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/// A login by web identity: who one is by a token of an OIDC issuer, such as GitHub, Okta or Kubernetes, so that nobody
/// needs a long-lived key. It is told as all AWS SDKs are told:
///
/// | variable | holds |
/// |---|---|
/// | `AWS_WEB_IDENTITY_TOKEN_FILE` | the path of a file with the token, read anew for every session |
/// | `AWS_ROLE_ARN` | the role to assume |
/// | `AWS_ROLE_SESSION_NAME` | what to call the session; `baton` where nothing is said |
///
/// The SDK's own look at these variables asks AWS itself; this one asks the endpoint that the command talks to.
///
/// @param file that holds the token
/// @param role its ARN
/// @param session its name
public record WebIdentityLogin(Path file, String role, String session) {

    /// The login that the variables name; nothing where they lack a token or a role, or hold keys, which go before.
    public static Optional<WebIdentityLogin> of(Map<String, String> variables) {
        var token = variables.getOrDefault("AWS_WEB_IDENTITY_TOKEN_FILE", "");
        var role = variables.getOrDefault("AWS_ROLE_ARN", "");
        if (token.isEmpty()
                || role.isEmpty()
                || !variables.getOrDefault("AWS_ACCESS_KEY_ID", "").isEmpty()) {
            return Optional.empty();
        }
        var session = variables.getOrDefault("AWS_ROLE_SESSION_NAME", "");
        return Optional.of(new WebIdentityLogin(Path.of(token), role, session.isEmpty() ? "baton" : session));
    }

    /// The credentials of the role's session, renewed before they end.
    ///
    /// @param address where STS answers; AWS itself where absent
    /// @param authorities who vouches for it
    public AwsCredentialsProvider at(@Nullable URI address, String region, Authorities authorities) {
        var sts = StsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(authorities.client());
        if (address != null) {
            sts.endpointOverride(address);
        }
        return StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(sts.build())
                .webIdentityTokenFile(file)
                .roleArn(role)
                .roleSessionName(session)
                .build();
    }
}
