/// Names: ARNs, digests of content, and the name that was probably meant.
@NullMarked
package dev.baton.name;

import org.jspecify.annotations.NullMarked;
