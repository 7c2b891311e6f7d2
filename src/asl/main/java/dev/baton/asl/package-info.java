/// The Amazon States Language as values: a [StateMachine] is parsed from text ([Asl]), printed byte-stably and
/// validated, all without AWS.
@NullMarked
package dev.baton.asl;

import org.jspecify.annotations.NullMarked;
