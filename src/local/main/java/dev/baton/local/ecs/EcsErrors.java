package dev.baton.local.ecs;

import dev.baton.local.http.AwsError;

/// The errors of ECS; see [Common errors](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html).
final class EcsErrors {
    private EcsErrors() {}

    static AwsError client(String message) {
        return new AwsError(400, "ClientException", message);
    }

    static AwsError parameter(String message) {
        return new AwsError(400, "InvalidParameterException", message);
    }

    static AwsError noCluster() {
        return new AwsError(400, "ClusterNotFoundException", "Cluster not found.");
    }
}
