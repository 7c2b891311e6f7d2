/// Joins that wait by task token, with S3 as the only memory.
@NullMarked
package dev.baton.lambda.internal.await;

import org.jspecify.annotations.NullMarked;
