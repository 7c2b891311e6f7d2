package dev.baton.local.ssm;

import dev.baton.local.http.Protocol;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import java.time.InstantSource;

/// Systems Manager: Parameter Store and Automation.
///
/// See the [API reference](https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html).
public final class Ssm {
    private final AutomationActions automations;
    private final Service service;

    public Ssm(Foundation foundation) {
        var account = foundation.account();
        InstantSource clock = foundation.scheduler()::now;
        this.automations = new AutomationActions(account, foundation.sessions(), clock);
        var parameters = new ParameterActions(account, clock, foundation.file("ssm.json"));
        this.service = new JsonService(
                "ssm",
                Protocol.JSON_1_1,
                "AmazonSSM",
                foundation.authorizer(),
                ApiOperation.all(automations.all(), parameters.all()),
                parameters::save,
                automations::close);
    }

    /// Registers what the automations of a runbook do; one of the same name is replaced.
    ///
    /// @param document as who starts it names it
    public void runbook(String document, Runbook runbook) {
        automations.put(document, runbook);
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }
}
