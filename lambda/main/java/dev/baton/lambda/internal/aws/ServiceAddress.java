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
