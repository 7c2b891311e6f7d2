/// Who asks a function for something, as far as AWS itself can tell it.
@NullMarked
package dev.baton.lambda.internal.identity;

import org.jspecify.annotations.NullMarked;
