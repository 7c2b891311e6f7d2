/// S3 as Baton needs it: existence that is never guessed, versions, and conditional writes.
@NullMarked
package dev.baton.lambda.internal.objects;

import org.jspecify.annotations.NullMarked;
