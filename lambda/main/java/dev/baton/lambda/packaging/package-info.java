/// What is done to the deployed jar when it is packaged, so that functions start sooner. Not in that jar itself.
@NullMarked
package dev.baton.lambda.packaging;

import org.jspecify.annotations.NullMarked;
