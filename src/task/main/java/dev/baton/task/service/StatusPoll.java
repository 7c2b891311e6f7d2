package dev.baton.task.service;

import java.util.List;
import java.util.Map;

/// The search for the end of something that a call only starts, and of which Step Functions hears nothing: it is
/// asked for, time and again.
///
/// @param integration that asks: `aws-sdk:ssm:getAutomationExecution`
/// @param id the member of the call's answer that says what was started, by which it is asked for and stopped
/// @param subject the member of what is then answered that tells of it
/// @param kept its members that go into the answer
/// @param status the one of them that tells how it stands
/// @param goingOn what `status` says until the end
/// @param succeeded what it says at a good end; all else is a failure
/// @param reason the one of them that tells why it failed
/// @param stopping the integration that stops it when its time is up
/// @param stoppingWith what that is given besides the id
public record StatusPoll(
        String integration,
        String id,
        String subject,
        List<String> kept,
        String status,
        List<String> goingOn,
        List<String> succeeded,
        String reason,
        String stopping,
        Map<String, String> stoppingWith) {
    public StatusPoll {
        kept = List.copyOf(kept);
        goingOn = List.copyOf(goingOn);
        succeeded = List.copyOf(succeeded);
        stoppingWith = Map.copyOf(stoppingWith);
    }
}
