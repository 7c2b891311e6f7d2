/// The commands, each with its options, and how they are told which pipelines, parameters, environment and endpoint are
/// meant.
@NullMarked
package dev.baton.cli.command;

import org.jspecify.annotations.NullMarked;
