/// What calls a start function, in all the forms in which AWS's services send it.
@NullMarked
package dev.baton.lambda.internal.arrival;

import org.jspecify.annotations.NullMarked;
