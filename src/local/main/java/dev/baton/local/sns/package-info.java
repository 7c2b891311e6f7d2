/// SNS: topics, who is subscribed to them, and the delivery of what is published.
@NullMarked
package dev.baton.local.sns;

import org.jspecify.annotations.NullMarked;
