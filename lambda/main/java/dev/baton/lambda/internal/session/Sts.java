package dev.baton.lambda.internal.session;

import dev.baton.lambda.internal.aws.ServiceClients;
import java.util.ArrayList;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;

/// STS, as far as a function speaks with it: assuming its task's role.
public final class Sts implements Function<RoleRequest, RoleCredentials> {
    private final ServiceClients clients;

    public Sts(ServiceClients clients) {
        this.clients = clients;
    }

    @Override
    public RoleCredentials apply(RoleRequest request) {
        var tags = new ArrayList<Tag>();
        for (var tag : request.tags().entrySet()) {
            tags.add(Tag.builder().key(tag.getKey()).value(tag.getValue()).build());
        }
        var assumed = clients.sts()
                .assumeRole(AssumeRoleRequest.builder()
                        .roleArn(request.role())
                        .roleSessionName(request.sessionName())
                        .sourceIdentity(request.sourceIdentity())
                        .durationSeconds(request.durationSeconds())
                        .policy(request.policy())
                        .tags(tags)
                        .transitiveTagKeys(request.transitive())
                        .build());
        var given = assumed.credentials();
        return new RoleCredentials(
                assumed.assumedRoleUser().arn(),
                AwsSessionCredentials.builder()
                        .accessKeyId(given.accessKeyId())
                        .secretAccessKey(given.secretAccessKey())
                        .sessionToken(given.sessionToken())
                        .expirationTime(given.expiration())
                        .build(),
                given.expiration(),
                assumed.packedPolicySize() == null ? 0 : assumed.packedPolicySize());
    }
}
