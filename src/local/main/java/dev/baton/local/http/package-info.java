/// The wire of the embedded AWS: requests, signatures, protocols, and what a service plugs into.
///
/// A [Service] gets an [AwsRequest] whose signature was verified, asks the
/// [Authorizer][dev.baton.local.iam.Authorizer] about each action and answers
/// with an [AwsResponse] or throws an [AwsError]. [JsonService] and [QueryService] do that for two of AWS's protocols.
@NullMarked
package dev.baton.local.http;

import org.jspecify.annotations.NullMarked;
