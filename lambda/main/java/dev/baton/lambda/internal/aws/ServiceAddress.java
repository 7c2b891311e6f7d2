package dev.baton.lambda.internal.aws;

import java.net.URI;
import java.util.ArrayList;
import software.amazon.awssdk.regions.EndpointTag;
import software.amazon.awssdk.regions.PartitionEndpointKey;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// The address at which a service answers a function.
public final class ServiceAddress {
    private ServiceAddress() {}

    /// The address of a service that the function's partition has once. See
    /// [IAM's endpoints](https://docs.aws.amazon.com/general/latest/gr/iam-service.html).
    ///
    /// @param service its name in host names and signatures
    static URI global(FunctionEnvironment environment, String service) {
        var own = environment.endpoint();
        if (own != null) {
            return own;
        }
        var home = home(environment);
        var partition = PartitionMetadata.of(Region.of(home));
        return URI.create(
                switch (partition.id()) {
                    case "aws" -> "https://" + service + ".amazonaws.com";
                    case "aws-us-gov" -> "https://" + service + ".us-gov.amazonaws.com";
                    default -> "https://" + service + "." + home + "." + partition.dnsSuffix();
                });
    }

    /// The Region in which the services of the function's partition are that it has once.
    static String home(FunctionEnvironment environment) {
        var region = environment.region();
        return switch (PartitionMetadata.of(Region.of(region)).id()) {
            case "aws" -> "us-east-1";
            case "aws-cn" -> "cn-north-1";
            case "aws-us-gov" -> "us-gov-west-1";
            default -> region;
        };
    }

    /// @param service its name in host names and signatures
    public static URI of(FunctionEnvironment environment, String service) {
        var own = environment.endpoint();
        if (own != null) {
            return own;
        }
        var tags = new ArrayList<EndpointTag>();
        if (environment.isSet(FunctionEnvironment.FIPS)) {
            tags.add(EndpointTag.FIPS);
        }
        if (environment.isSet(FunctionEnvironment.DUAL_STACK)) {
            tags.add(EndpointTag.DUALSTACK);
        }
        var region = environment.region();
        var key = PartitionEndpointKey.builder().tags(tags).build();
        var partition = PartitionMetadata.of(Region.of(region));
        return URI.create("https://"
                + partition
                        .hostname(key)
                        .replace("{service}", service)
                        .replace("{region}", region)
                        .replace("{dnsSuffix}", partition.dnsSuffix(key)));
    }
}
