package dev.baton.local.secretsmanager;

import dev.baton.engine.time.Scheduler;
import dev.baton.local.http.Protocol;
import dev.baton.local.kms.ServiceKeys;
import dev.baton.local.lambda.Lambda;
import dev.baton.local.service.ApiOperation;
import dev.baton.local.service.Foundation;
import dev.baton.local.service.JsonService;
import dev.baton.local.service.Service;
import java.util.List;

/// Secrets Manager: secrets whose values are encrypted with keys of KMS, and that functions rotate.
///
/// Replicas in other Regions and secrets that others manage are not here and are refused. See the
/// [API reference](https://docs.aws.amazon.com/secretsmanager/latest/apireference/Welcome.html).
public final class SecretsManager {
    private final SecretVault vault;
    private final RotationRunner rotations;
    private final Service service;

    /// @param lambda calls the functions that rotate
    /// @param ticking whose time rotations are due by
    public SecretsManager(Foundation foundation, ServiceKeys keys, Lambda lambda, Scheduler ticking) {
        vault = new SecretVault(foundation.account(), ticking::now, keys, foundation.file("secrets.json"));
        var access = new SecretAccess(vault);
        var values = new SecretValues(vault);
        rotations = new RotationRunner(vault, lambda, ticking);
        service = new JsonService(
                "secretsmanager",
                Protocol.JSON_1_1,
                "secretsmanager",
                foundation.authorizer(),
                ApiOperation.all(
                        new SecretActions(vault, access, values, rotations).all(),
                        new SecretVersionActions(vault, access, values).all(),
                        new SecretListActions(vault).all(),
                        new SecretPolicies(vault, access, foundation.identities()).all(),
                        new RotationActions(vault, access, rotations).all()),
                vault::save,
                rotations::close);
    }

    /// The API on the wire.
    public Service service() {
        return service;
    }

    /// Gives a secret this value, as whoever runs this AWS may without asking: makes it where it is not there.
    ///
    /// @param name such as `rides/database`
    /// @throws dev.baton.local.http.AwsError where it can be no name, or the secret is scheduled for deletion
    public void put(String name, String value) {
        vault.putAsOwner(name, value);
    }

    /// Whether there is a secret of this name with a current value.
    public boolean has(String name) {
        var secret = vault.find(name);
        return secret != null && !secret.isDeleted() && secret.staged(SecretVersion.CURRENT) != null;
    }

    /// Goes on with rotations that were under way when the process before ended, and begins those that became due
    /// since.
    public void resume() {
        rotations.resume();
    }

    /// Rotations whose functions are being called.
    public int rotating() {
        return rotations.size();
    }

    /// What could not be rotated, a sentence each.
    public List<String> failures() {
        return rotations.failures();
    }
}
