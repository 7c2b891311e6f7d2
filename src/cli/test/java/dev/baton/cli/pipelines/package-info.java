/// Pipelines for tests of the command: most of them are wrong in one way each.
@NullMarked
package dev.baton.cli.pipelines;

import org.jspecify.annotations.NullMarked;
