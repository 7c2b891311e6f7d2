package dev.baton.compiler.environment;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.diagnostic.DiagnosticException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// All environments of a project, as one JSON file has them (`cdk/environments.json`): `{"dev": {…}, "prod": {…}}`.
///
/// Nothing is optional by mistake: a field that is not known is an error, and so is one that is named twice.
///
/// | field | is |
/// |---|---|
/// | `account`, `region`, `profile` | an AWS account; the profile may be absent |
/// | `endpoint` | instead: `embedded`, or the address of one that is running, with an `account` and a `region` if it is
/// particular about them |
/// | `prefix` | what the names of everything deployed begin with; absent: `baton` |
/// | `stateBucket` | `{"name": …, "imported": true, "key": "arn:…"}`; all but the name may be absent |
/// | `buckets` | the same by logical name; an imported one may have `"notifications": "arn:…"`, a queue or a topic |
/// | `key` | the ARN of a KMS key; absent: one is made |
/// | `stateMachineKey` | `true`: state machines are under the same key; or the ARN of another KMS key |
/// | `eventBus` | the name of a bus; absent: `default` |
/// | `completions` | `{"to": ["arn:…:event-bus/…"], "from": ["222222222222"]}` |
/// | `network` | `{"vpc": …, "subnets": […], "securityGroups": […]}` |
/// | `containers` | `{"vpc": …, "subnets": […], "securityGroups": […], "publicIp": false, "image": …}` |
/// | `alarms` | `{"email": …}` or `{"topic": "arn:…"}` |
/// | `monthlyBudget` | US dollars |
/// | `concurrency` | `{"task": …, "start": …, "pin": …, "callback": …, "tasks": {"CleanObservations": …}, "maps": {"Jars": …}}` |
/// | `retention` | `{"logDays": 90, "runDays": 100, "oldVersionDays": 400, "buckets": true}` |
/// | `rollout` | `{"strategy": "CANARY", "percent": 10, "minutes": 10}` |
/// | `snapStart` | `false`: functions do not start from snapshots |
/// | `clean` | `true`: `deploy` refuses jars that were not built from committed sources, or do not say |
/// | `policies` | `true`: policies about people hold: what they do not allow is refused |
/// | `owner` | the team that the environment belongs to |
/// | `identities` | by a name: `{"issuer": …, "audience": …, "person": "email", "teams": "groups", "teamNames": {…}}` |
/// | `roleTeams` | by a role's ARN: `["data-owners"]` |
/// | `audit` | `{"bucket": …, "retainDays": 2557}`: a trail of who asks for which object |
/// | `oidc` | `{"issuer": …, "audience": …, "subjects": […], "provider": "arn:…"}` |
/// | `tags` | name to value |
///
/// @param source the file, for messages
/// @param byName in the order of the file
public record Environments(String source, SequencedMap<String, Environment> byName) {
    /// The file's path in a project.
    public static final Path FILE = Path.of("cdk", "environments.json");

    public Environments {
        byName = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byName));
    }

    /// Reads a text.
    ///
    /// @param source the file, for the findings
    /// @throws DiagnosticException with all findings (ENV001, ENV002, ENV003, ENV005, ENV021 to ENV023, ENV025 to
    ///     ENV027, ENV055)
    public static Environments parse(String source, String text) {
        return EnvironmentReader.read(source, text);
    }

    /// @throws DiagnosticException ENV006 when there is none of that name
    public Environment named(String name) {
        var environment = byName.get(name);
        if (environment == null) {
            throw new DiagnosticException(CompilerFindings.noEnvironment(source, name, byName.keySet()));
        }
        return environment;
    }
}
