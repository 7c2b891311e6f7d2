/// The identity of whoever runs the command, as functions are shown it.
@NullMarked
package dev.baton.cli.identity;

import org.jspecify.annotations.NullMarked;
