/// S3: buckets, versions, uploads in parts, conditions, and the events that EventBridge gets.
@NullMarked
package dev.baton.local.s3;

import org.jspecify.annotations.NullMarked;
