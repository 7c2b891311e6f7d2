package dev.baton.compiler.environment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings of Fargate: where tasks on Fargate run. Their network is always one that is there already: what it
/// takes to reach AWS from inside of one (a NAT gateway, or five endpoints) costs more in a month than most pipelines.
///
/// @param vpc its id, `vpc-…`
/// @param subnets in which containers get their addresses, `subnet-…`; they need a way to ECR, S3, STS, CloudWatch
///     Logs, EventBridge, and whatever tasks call
/// @param securityGroups of the containers, `sg-…`; where there are none, one is made that lets nothing in and only
///     HTTPS out
/// @param publicIp whether containers have public addresses, which is the way to AWS in a public subnet without NAT
/// @param image a tag or a digest (`sha256:…`) in the repository of images ([dev.baton.run.Prefix#repository]);
///     where absent, the tag is the hash of the functions' code
public record ContainerSettings(
        String vpc,
        List<String> subnets,
        List<String> securityGroups,
        boolean publicIp,
        @Nullable String image) {
    public ContainerSettings {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
    }

    /// The end of the image's name, after the repository: `:tag`, or `@sha256:…`.
    ///
    /// @param code the hash of the functions' code
    public String version(String code) {
        return image == null ? ":" + code : (image.startsWith("sha256:") ? "@" : ":") + image;
    }
}
