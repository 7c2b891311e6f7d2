/// A kit to run one task in a unit test.
@NullMarked
package dev.baton.task.testing;

import org.jspecify.annotations.NullMarked;
