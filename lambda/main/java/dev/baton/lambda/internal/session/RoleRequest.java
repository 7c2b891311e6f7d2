package dev.baton.lambda.internal.session;

import java.util.List;
import java.util.SequencedMap;

/// A request to STS: [AssumeRole](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
///
/// @param role an ARN
/// @param policy what the session is narrowed to, as JSON
/// @param transitive the names of those tags that further sessions have too
record RoleRequest(
        String role,
        String sessionName,
        String sourceIdentity,
        int durationSeconds,
        String policy,
        SequencedMap<String, String> tags,
        List<String> transitive) {}
