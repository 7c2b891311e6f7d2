/// How the engine reads items from S3 and writes results to it.
@NullMarked
package dev.baton.engine.data;

import org.jspecify.annotations.NullMarked;
