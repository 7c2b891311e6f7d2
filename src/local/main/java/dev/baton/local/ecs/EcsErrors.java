package dev.baton.local.ecs;

import dev.baton.local.http.AwsError;
import dev.baton.local.service.ApiInput;
import java.util.List;

/// The errors of ECS; see [Common errors](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html).
final class EcsErrors {
    private EcsErrors() {}

    static AwsError client(String message) {
        return new AwsError(400, "ClientException", message);
    }

    static AwsError parameter(String message) {
        return new AwsError(400, "InvalidParameterException", message);
    }

    static AwsError conflict(String taskArn) {
        return new AwsError(
                        400,
                        "ConflictException",
                        "The RunTask request could not be processed: its client token was used for another request.")
                .with("resourceIds", List.of(taskArn));
    }

    static AwsError noCluster() {
        return new AwsError(400, "ClusterNotFoundException", "Cluster not found.");
    }

    /// A text of the request's.
    ///
    /// @throws AwsError `ClientException` where it is absent or blank
    static String require(ApiInput input, String name) {
        var text = input.text(name, "");
        if (text.isEmpty()) {
            throw client(Character.toUpperCase(name.charAt(0)) + name.substring(1) + " can not be blank.");
        }
        return text;
    }
}
