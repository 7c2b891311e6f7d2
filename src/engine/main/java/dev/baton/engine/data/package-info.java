/// The engine's way to read items from S3 and to write results to it.
@NullMarked
package dev.baton.engine.data;

import org.jspecify.annotations.NullMarked;
