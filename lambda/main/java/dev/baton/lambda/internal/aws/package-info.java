/// The function's access to AWS: its environment and its clients.
@NullMarked
package dev.baton.lambda.internal.aws;

import org.jspecify.annotations.NullMarked;
