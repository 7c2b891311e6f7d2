package dev.baton.local.sqs;

import java.time.Instant;

/// A message as a receiver got it.
///
/// @param receiptHandle what it is deleted by, until it is received again
/// @param receiveCount how often it was received, this time included
public record ReceivedMessage(QueueMessage message, String receiptHandle, int receiveCount, Instant firstReceived) {}
