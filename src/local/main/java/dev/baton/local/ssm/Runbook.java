package dev.baton.local.ssm;

import java.util.List;
import java.util.Map;

/// The work of an automation, in this process, instead of the sections of a runbook.
@FunctionalInterface
public interface Runbook {

    /// Does it, on a thread of its own, which is interrupted when the automation is stopped.
    ///
    /// @param parameters lists of values by name, as the automation was started with
    /// @return the automation's outputs
    /// @throws Exception which fails the automation with its message
    Map<String, List<String>> run(Map<String, List<String>> parameters) throws Exception;
}
