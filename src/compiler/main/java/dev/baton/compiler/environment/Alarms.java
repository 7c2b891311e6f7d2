package dev.baton.compiler.environment;

import org.jspecify.annotations.Nullable;

/// The receivers of alarms: who is told when something is wrong; one of the two is there.
///
/// @param email a mail address, which must confirm AWS's question once
/// @param topic the ARN of an SNS topic that is already there
public record Alarms(@Nullable String email, @Nullable String topic) {}
