package dev.baton.local.ssm;

import dev.baton.local.http.Account;
import dev.baton.local.http.JsonAction;
import dev.baton.local.http.JsonService;
import dev.baton.local.http.Protocol;
import dev.baton.local.http.Service;
import dev.baton.local.iam.Authorizer;
import dev.baton.local.internal.StoredFile;
import dev.baton.local.sts.RoleSessions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Systems Manager: Parameter Store and Automation.
///
/// See the [API reference](https://docs.aws.amazon.com/systems-manager/latest/APIReference/Welcome.html).
public final class Ssm {
    /// What begins `X-Amz-Target`.
    public static final String TARGET = "AmazonSSM";

    private final AutomationActions automations;
    private final Service service;

    /// @param folder where parameters are kept; in memory where it is absent
    public Ssm(
            Account account, Authorizer authorizer, RoleSessions sessions, InstantSource clock, @Nullable Path folder) {
        this.automations = new AutomationActions(account, authorizer, sessions, clock);
        var actions = new HashMap<String, JsonAction>(automations.all());
        actions.putAll(new ParameterActions(
                        account, authorizer, clock, folder == null ? null : new StoredFile(folder.resolve("ssm.json")))
                .all());
        this.service = new JsonService("ssm", Protocol.JSON_1_1, TARGET, actions, automations::close);
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
