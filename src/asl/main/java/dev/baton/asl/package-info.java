/// The Amazon States Language as values: a [StateMachine] is built or
/// [parsed][dev.baton.asl.definition.Asl], and printed byte-stably, all without AWS.
@NullMarked
package dev.baton.asl;

import org.jspecify.annotations.NullMarked;
