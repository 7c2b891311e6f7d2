/// The sources' revision, which Git and Mercurial are asked for without running anything that is not theirs, and the
/// stamp of it in what was built.
@NullMarked
package dev.baton.revision;

import org.jspecify.annotations.NullMarked;
