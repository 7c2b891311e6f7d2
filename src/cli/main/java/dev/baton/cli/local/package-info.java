/// A pipeline on this machine: the embedded AWS that a command starts or finds, its functions, the uploads of a run and
/// what comes of them.
@NullMarked
package dev.baton.cli.local;

import org.jspecify.annotations.NullMarked;
