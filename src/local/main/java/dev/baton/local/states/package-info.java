/// Step Functions: the API over the engine, and the service integrations that its Task states call.
@NullMarked
package dev.baton.local.states;

import org.jspecify.annotations.NullMarked;
