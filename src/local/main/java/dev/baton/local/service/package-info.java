/// The parts of services of the embedded AWS: operations, the three protocols that serve them, and the readers of their
/// requests.
///
/// A service is a list of [Operation]s in a [JsonService], a [QueryService] or a [RestService].
@NullMarked
package dev.baton.local.service;

import org.jspecify.annotations.NullMarked;
