package dev.baton.compiler.environment;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where an environment is: an AWS account, the embedded AWS, or another endpoint that speaks AWS's protocols.
public sealed interface Place {

    /// An account of AWS, in one Region.
    ///
    /// @param id 12 digits
    /// @param region such as `eu-central-1`
    /// @param profile the profile of the AWS configuration files that deploys; the default chain where absent
    record Account(String id, String region, @Nullable String profile) implements Place {
        /// `aws`, or that of the Regions which AWS keeps apart: `aws-cn`, `aws-us-gov`.
        public String partition() {
            if (region.startsWith("cn-")) {
                return "aws-cn";
            }
            return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
        }
    }

    /// The embedded AWS: whoever deploys starts it.
    record Embedded() implements Place {}

    /// A server that is already there: LocalStack, or the embedded AWS of another process.
    ///
    /// @param account 12 digits; whoever emulates AWS says which it takes
    record Endpoint(URI address, String account, String region) implements Place {}
}
