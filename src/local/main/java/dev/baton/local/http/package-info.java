/// The wire of the embedded AWS: requests, signatures, protocols, and what is answered.
///
/// A [Service][dev.baton.local.service.Service] gets an [AwsRequest] whose signature was verified and answers with an
/// [AwsResponse] or throws a [ServiceRefusal].
@NullMarked
package dev.baton.local.http;

import org.jspecify.annotations.NullMarked;
