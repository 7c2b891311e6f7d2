/// Plans of runs, and reasons of tasks: `baton plan` and `baton why`.
@NullMarked
package dev.baton.cli.plan;

import org.jspecify.annotations.NullMarked;
