/// What Git and Mercurial know of the sources, asked without running anything that is not theirs, and the stamp of it
/// in what was built.
@NullMarked
package dev.baton.revision;

import org.jspecify.annotations.NullMarked;
