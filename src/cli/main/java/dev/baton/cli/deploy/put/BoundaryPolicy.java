package dev.baton.cli.deploy.put;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/// The managed policy that bounds a pipeline's roles.
final class BoundaryPolicy {
    /// The number of versions of a managed policy that IAM keeps.
    private static final int MOST_VERSIONS = 5;

    private final IamClient iam;
    private final String arn;

    BoundaryPolicy(IamClient iam, String arn) {
        this.iam = iam;
        this.arn = arn;
    }

    /// Makes the policy, or the one that is there say this.
    ///
    /// @param path such as `/baton/weather/`
    void put(String path, String name, String document) {
        try {
            iam.createPolicy(request -> request.path(path).policyName(name).policyDocument(document));
        } catch (EntityAlreadyExistsException e) {
            if (!current().equals(document)) {
                makeRoom();
                iam.createPolicyVersion(request ->
                        request.policyArn(arn).policyDocument(document).setAsDefault(true));
            }
        }
    }

    /// Takes the policy away with all its versions.
    void remove() {
        iam.listPolicyVersions(request -> request.policyArn(arn)).versions().stream()
                .filter(version -> !version.isDefaultVersion())
                .forEach(version -> iam.deletePolicyVersion(
                        request -> request.policyArn(arn).versionId(version.versionId())));
        iam.deletePolicy(request -> request.policyArn(arn));
    }

    private String current() {
        var version = iam.getPolicy(request -> request.policyArn(arn)).policy().defaultVersionId();
        var document = iam.getPolicyVersion(request -> request.policyArn(arn).versionId(version))
                .policyVersion()
                .document();
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    private void makeRoom() {
        var versions = iam.listPolicyVersions(request -> request.policyArn(arn)).versions();
        if (versions.size() >= MOST_VERSIONS) {
            versions.stream()
                    .filter(version -> !version.isDefaultVersion())
                    .min(Comparator.comparing(PolicyVersion::createDate))
                    .ifPresent(oldest -> iam.deletePolicyVersion(
                            request -> request.policyArn(arn).versionId(oldest.versionId())));
        }
    }
}
