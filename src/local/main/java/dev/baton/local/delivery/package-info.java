/// What services bring to receivers at least once, also after the process was killed: a journal of what is under way,
/// and the attempts.
@NullMarked
package dev.baton.local.delivery;

import org.jspecify.annotations.NullMarked;
