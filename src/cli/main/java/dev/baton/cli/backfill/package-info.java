/// Many runs of one pipeline: their parameters, their order, and a line for each.
@NullMarked
package dev.baton.cli.backfill;

import org.jspecify.annotations.NullMarked;
