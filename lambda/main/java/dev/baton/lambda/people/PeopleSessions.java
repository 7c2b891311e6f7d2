package dev.baton.lambda.people;

import dev.baton.lambda.internal.SdkMessages;
import dev.baton.lambda.internal.aws.ServiceClients;
import dev.baton.run.RightsGrant;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;

/// The sessions of the role that people have, begun and ended through STS and IAM.
record PeopleSessions(ServiceClients clients, PeopleRole role) {
    private static final String REVOCATIONS = "baton-revocations";
    private static final Map<String, String> FORM =
            Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

    /// Credentials that are held nowhere, and print as nothing.
    ///
    /// @param arn of the session
    /// @param packedPercent how much of its limit for policy and tags STS has used
    record Session(
            String arn,
            String accessKeyId,
            String secretAccessKey,
            String sessionToken,
            Instant expires,
            String sourceIdentity,
            int packedPercent) {
        /// The form of [credential_process](https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
        Map<String, @Nullable Object> credentials() {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("Version", 1L);
            json.put("AccessKeyId", accessKeyId);
            json.put("SecretAccessKey", secretAccessKey);
            json.put("SessionToken", sessionToken);
            json.put("Expiration", expires.toString());
            return json;
        }

        @Override
        public String toString() {
            return arn + " until " + expires;
        }
    }

    /// Begins a session with exactly what was granted.
    ///
    /// @throws dev.baton.task.InvalidInput RUN096
    Session begin(RightsGrant grant, Instant now) {
        var session = PeopleRole.session(grant.request());
        try {
            var assumed = clients.sts()
                    .assumeRole(AssumeRoleRequest.builder()
                            .roleArn(role.arn())
                            .roleSessionName(session.request())
                            .sourceIdentity(session.sourceIdentity())
                            .durationSeconds(PeopleRole.sessionSeconds(grant, now))
                            .policy(role.sessionPolicy(grant))
                            .tags(session.tags().entrySet().stream()
                                    .map(tag -> Tag.builder()
                                            .key(tag.getKey())
                                            .value(tag.getValue())
                                            .build())
                                    .toList())
                            .transitiveTagKeys(session.tags().keySet())
                            .build());
            var given = assumed.credentials();
            return new Session(
                    assumed.assumedRoleUser().arn(),
                    given.accessKeyId(),
                    given.secretAccessKey(),
                    given.sessionToken(),
                    given.expiration(),
                    session.sourceIdentity(),
                    assumed.packedPolicySize() == null ? 0 : assumed.packedPolicySize());
        } catch (SdkException e) {
            throw RightsFindings.refusedByAws(grant.request(), "STS gives no session", SdkMessages.of(e));
        }
    }

    /// Ends the sessions that were begun under rights that are revoked.
    ///
    /// @param about the one that was revoked now
    /// @param revoked all whose sessions may still live
    /// @throws dev.baton.task.InvalidInput RUN096
    void end(RightsGrant about, Collection<RightsGrant> revoked) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Action", "PutRolePolicy");
        fields.put("Version", "2010-05-08");
        fields.put("RoleName", role.name());
        fields.put("PolicyName", REVOCATIONS);
        fields.put("PolicyDocument", PeopleRole.denial(revoked));
        var body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        try {
            clients.post(clients.own()).sendGlobally("iam", FORM, body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw RightsFindings.refusedByAws(
                    about.request(),
                    "no session is begun any more, but IAM did not end those that were begun before",
                    SdkMessages.of(e));
        }
    }
}
