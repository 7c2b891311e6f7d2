package dev.baton.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An identity provider whose tokens an environment takes: an issuer of OpenID Connect, and how its claims tell who
/// somebody is.
///
/// @param issuer its URL, exactly as its tokens have it
/// @param audience what its tokens must be meant for
/// @param person the claim that names the person
/// @param teams the claim that names groups, a text or a list of texts; nobody is in a team where absent
/// @param teamNames the team of each group; a group that is not named here is none. Where this is empty, each group is the
///     team of its name
public record IdentityProvider(
        String issuer, String audience, String person, Optional<String> teams, SortedMap<String, String> teamNames) {
    /// The claim that names the person where nothing else is said: the one that every token has.
    public static final String SUBJECT = "sub";

    public IdentityProvider {
        teamNames = Collections.unmodifiableSortedMap(new TreeMap<>(teamNames));
    }

    /// The teams of whoever is in some groups.
    public SortedSet<String> teamsOf(List<String> groups) {
        var found = new TreeSet<String>();
        for (var group : groups) {
            var team = teamNames.isEmpty() ? group : teamNames.get(group);
            if (team != null) {
                found.add(team);
            }
        }
        return found;
    }

    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("issuer", issuer);
        json.put("audience", audience);
        json.put("person", person);
        teams.ifPresent(claim -> json.put("teams", claim));
        if (!teamNames.isEmpty()) {
            json.put("teamNames", new LinkedHashMap<String, @Nullable Object>(teamNames));
        }
        return json;
    }

    /// @throws dev.baton.task.InvalidInput when this is not what [#toJson] makes
    public static IdentityProvider of(StrictFields fields) {
        return new IdentityProvider(
                fields.string("issuer"),
                fields.string("audience"),
                fields.string("person"),
                fields.maybeString("teams"),
                new TreeMap<>(fields.strings("teamNames")));
    }
}
