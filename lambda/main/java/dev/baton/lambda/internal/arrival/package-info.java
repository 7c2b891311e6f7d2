/// The events that call a start function, in all the forms in which AWS's services send them.
@NullMarked
package dev.baton.lambda.internal.arrival;

import org.jspecify.annotations.NullMarked;
