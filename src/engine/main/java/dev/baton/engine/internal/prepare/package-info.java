/// The eight state types made ready to run, one file each. They know nothing of executions: see `StateRunner`.
@NullMarked
package dev.baton.engine.internal.prepare;

import org.jspecify.annotations.NullMarked;
