/// The patterns by which log events are found.
@NullMarked
package dev.baton.local.logs.pattern;

import org.jspecify.annotations.NullMarked;
