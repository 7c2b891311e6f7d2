package dev.baton.compiler.environment;

import java.util.List;

/// A network that is already there, for functions that must reach what is inside of it.
///
/// @param vpc its id, `vpc-…`
/// @param subnets in which functions get their addresses, `subnet-…`; they need a way to S3, STS, Lambda, Step
///     Functions and EventBridge (VPC endpoints or NAT)
/// @param securityGroups of the functions, `sg-…`
public record Network(String vpc, List<String> subnets, List<String> securityGroups) {
    public Network {
        subnets = List.copyOf(subnets);
        securityGroups = List.copyOf(securityGroups);
    }
}
