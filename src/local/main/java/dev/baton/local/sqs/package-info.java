/// SQS: standard and FIFO queues, their policies and dead letters.
@NullMarked
package dev.baton.local.sqs;

import org.jspecify.annotations.NullMarked;
