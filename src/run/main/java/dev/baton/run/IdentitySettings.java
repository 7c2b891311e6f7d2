package dev.baton.run;

import dev.baton.name.Arn;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The settings of an environment by which who asks is told: whose tokens it takes, and which roles are of which teams.
///
/// @param providers by the name that the environment has for each
/// @param roleTeams the teams of roles and users of IAM, by ARN; a role's path is not told by its sessions and does not
///     count
public record IdentitySettings(
        SortedMap<String, IdentityProvider> providers, SortedMap<String, SortedSet<String>> roleTeams) {
    /// The variable that tells functions of them, as JSON.
    public static final String VARIABLE = "BATON_IDENTITIES";

    /// Nobody's tokens, and no teams of roles.
    public static final IdentitySettings NONE = new IdentitySettings(new TreeMap<>(), new TreeMap<>());

    public IdentitySettings {
        providers = Collections.unmodifiableSortedMap(new TreeMap<>(providers));
        var teams = new TreeMap<String, SortedSet<String>>();
        roleTeams.forEach((arn, of) -> teams.put(arn, Collections.unmodifiableSortedSet(new TreeSet<>(of))));
        roleTeams = Collections.unmodifiableSortedMap(teams);
    }

    /// The teams of a role or user of IAM.
    ///
    /// @param arn of it, a role's with its path or without
    public Collection<String> teamsOf(String arn) {
        var found = new TreeSet<String>();
        roleTeams.forEach((of, teams) -> {
            if (withoutPath(of).equals(withoutPath(arn))) {
                found.addAll(teams);
            }
        });
        return found;
    }

    /// Whoever STS calls by an ARN, with teams.
    public Requester requester(Arn arn) {
        var path = arn.resource().split("/", -1);
        if (arn.service().equals("sts") && path.length == 3 && path[0].equals("assumed-role")) {
            var role = new Arn(arn.partition(), "iam", "", arn.account(), "role/" + path[1]).toString();
            return Requester.role(role, path[2], teamsOf(role));
        }
        return Requester.role(arn.toString(), null, teamsOf(arn.toString()));
    }

    /// The ARN of a role as its sessions tell it: names of roles are unique in an account, whatever the path.
    public static String withoutPath(String arn) {
        var role = arn.indexOf(":role/");
        return role < 0 ? arn : arn.substring(0, role + ":role/".length()) + arn.substring(arn.lastIndexOf('/') + 1);
    }

    public Map<String, @Nullable Object> toJson() {
        var byName = new LinkedHashMap<String, @Nullable Object>();
        providers.forEach((name, provider) -> byName.put(name, provider.toJson()));
        var byRole = new LinkedHashMap<String, @Nullable Object>();
        roleTeams.forEach((arn, teams) -> byRole.put(arn, List.copyOf(teams)));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("identities", byName);
        json.put("roleTeams", byRole);
        return json;
    }

    /// What [#VARIABLE] says; none where it is not set.
    ///
    /// @throws dev.baton.task.InvalidInput when this is not what [#toJson] makes
    public static IdentitySettings parse(@Nullable String variable) {
        if (variable == null) {
            return NONE;
        }
        var fields = StrictFields.parse(VARIABLE, variable.getBytes(StandardCharsets.UTF_8));
        return new IdentitySettings(
                new TreeMap<>(fields.object("identities").map((all, name) -> IdentityProvider.of(all.object(name)))),
                new TreeMap<>(fields.object("roleTeams").map((all, arn) -> new TreeSet<>(all.stringList(arn)))));
    }
}
