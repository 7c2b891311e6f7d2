/// The sizes of containers, as Fargate has them: for those who declare containers and for those who run them.
@NullMarked
package dev.baton.diagnostic.compute;

import org.jspecify.annotations.NullMarked;
