/// What the packages of this module share and nobody else sees.
@NullMarked
package dev.baton.task.internal;

import org.jspecify.annotations.NullMarked;
