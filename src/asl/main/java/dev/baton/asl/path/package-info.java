/// The words of JSONPath states about data: paths, reference paths and intrinsic functions, as parsed values that an
/// engine evaluates.
@NullMarked
package dev.baton.asl.path;

import org.jspecify.annotations.NullMarked;
