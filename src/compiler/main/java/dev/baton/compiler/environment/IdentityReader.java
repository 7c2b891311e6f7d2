package dev.baton.compiler.environment;

import dev.baton.compiler.internal.finding.CompilerFindings;
import dev.baton.json.Json;
import dev.baton.run.IdentityProvider;
import dev.baton.run.IdentitySettings;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reading of `identities` and `roleTeams`: by what an environment's functions tell who asks.
final class IdentityReader {
    /// In bytes, as JSON: Lambda takes 4 KB of all variables of a function.
    private static final int MOST = 2_048;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,19}");
    // The issuer as its tokens have it; HTTP alone is for one on this machine.
    private static final Pattern ISSUER =
            Pattern.compile("(https://[^\\s/?#]+|http://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?)(/[^\\s?#]*)?");
    private static final Pattern TEXT = Pattern.compile("[!-~](.{0,254}[!-~])?");
    private static final Pattern CLAIM = Pattern.compile("[!-~]{1,128}");
    private static final Pattern TEAM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:(role|user)/[!-~]{1,512}");

    private IdentityReader() {}

    /// What an environment says of them.
    static IdentitySettings read(SettingsReader environment) {
        var providers = new TreeMap<String, IdentityProvider>();
        var identities = environment.object("identities");
        if (identities != null) {
            for (var name : identities.names()) {
                if (!NAME.matcher(name).matches()) {
                    identities.refuse(name, "the name of a provider has at most 20 small letters, digits and hyphens");
                }
                var provider = provider(identities.object(name));
                if (provider != null) {
                    providers.put(name, provider);
                }
            }
            identities.end();
        }
        var settings = new IdentitySettings(providers, roleTeams(environment.object("roleTeams")));
        var bytes = Json.print(settings.toJson()).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST) {
            environment.add(CompilerFindings.manyIdentities(environment.location("identities"), bytes, MOST));
        }
        return settings;
    }

    private static @Nullable IdentityProvider provider(@Nullable SettingsReader fields) {
        if (fields == null) {
            return null;
        }
        fields.require("issuer");
        fields.require("audience");
        var issuer = fields.text("issuer", ISSUER, "https://… as its tokens have it, without a query");
        var audience = fields.text("audience", TEXT, "1 to 256 characters");
        var person = fields.text("person", CLAIM, "the name of a claim");
        var teams = fields.text("teams", CLAIM, "the name of a claim");
        var names = teamNames(fields.object("teamNames"));
        fields.end();
        return issuer == null || audience == null
                ? null
                : new IdentityProvider(
                        issuer,
                        audience,
                        person == null ? IdentityProvider.SUBJECT : person,
                        Optional.ofNullable(teams),
                        names);
    }

    private static SortedMap<String, String> teamNames(@Nullable SettingsReader fields) {
        var names = new TreeMap<String, String>();
        if (fields != null) {
            for (var group : fields.names()) {
                var team = fields.text(group, TEAM, "the name of a team");
                if (team != null) {
                    names.put(group, team);
                }
            }
            fields.end();
        }
        return names;
    }

    private static SortedMap<String, SortedSet<String>> roleTeams(@Nullable SettingsReader fields) {
        var teams = new TreeMap<String, SortedSet<String>>();
        if (fields != null) {
            for (var arn : fields.names()) {
                if (!ROLE.matcher(arn).matches()) {
                    fields.refuse(arn, "expected is the ARN of a role or a user, arn:aws:iam::111111111111:role/NAME");
                }
                teams.put(arn, new TreeSet<>(fields.texts(arn, TEAM, "the name of a team")));
            }
            fields.end();
        }
        return teams;
    }
}
