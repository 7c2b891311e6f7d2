package dev.baton.compiler.environment;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The account or endpoint of an environment: an AWS account, the embedded AWS, or another endpoint that speaks AWS's
/// protocols.
public sealed interface Destination {

    /// An account of AWS, in one Region.
    ///
    /// @param id 12 digits
    /// @param region such as `eu-central-1`
    /// @param profile the profile of the AWS configuration files that deploys; the default chain where absent
    record Account(String id, String region, @Nullable String profile) implements Destination {
        /// `aws`, or that of the Regions which AWS keeps apart: `aws-cn`, `aws-us-gov`.
        public String partition() {
            return Destination.partition(region);
        }
    }

    /// The embedded AWS: whoever deploys starts it.
    record Embedded() implements Destination {}

    /// A server that is already there: LocalStack, or the embedded AWS of another process.
    ///
    /// @param account 12 digits; whoever emulates AWS says which it takes
    record Endpoint(URI address, String account, String region) implements Destination {
        /// Like that of an account in the Region that it says it is.
        public String partition() {
            return Destination.partition(region);
        }
    }

    /// The partition of a Region, by how its name begins
    /// ([list](https://github.com/aws/aws-sdk-java-v2/blob/master/codegen/src/main/resources/software/amazon/awssdk/codegen/rules/partitions.json.resource)).
    private static String partition(String region) {
        var begins = new TreeMap<>(Map.of(
                "cn-", "aws-cn",
                "us-gov-", "aws-us-gov",
                "us-iso-", "aws-iso",
                "us-isob-", "aws-iso-b",
                "eu-isoe-", "aws-iso-e",
                "us-isof-", "aws-iso-f",
                "eusc-", "aws-eusc"));
        return begins.entrySet().stream()
                .filter(begin -> region.startsWith(begin.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("aws");
    }
}
