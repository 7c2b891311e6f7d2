/// How states fail, in the service's words.
@NullMarked
package dev.baton.engine.internal.failure;

import org.jspecify.annotations.NullMarked;
