package dev.baton.local.events;

/// A delivery that was given up.
///
/// @param queueArn the target's dead-letter queue, empty where it has none
/// @param errorCode as EventBridge puts it on the message, such as `NO_PERMISSIONS`
public record DeadLetter(Delivery delivery, String queueArn, String errorCode, String errorMessage, int attempts) {}
