package dev.baton.lambda.internal.session;

import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// A session of a role as STS gave it. It prints as nothing of what it can do.
///
/// @param arn of the session
/// @param expires when the credentials are of no use any more
/// @param packedPercent how much of its limit for policy and tags STS has used
record RoleCredentials(String arn, AwsSessionCredentials credentials, Instant expires, int packedPercent) {
    @Override
    public String toString() {
        return arn + " until " + expires;
    }
}
