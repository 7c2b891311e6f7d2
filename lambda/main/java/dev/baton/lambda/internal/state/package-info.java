/// The state bucket: what a run keeps there, and who was there first.
@NullMarked
package dev.baton.lambda.internal.state;

import org.jspecify.annotations.NullMarked;
